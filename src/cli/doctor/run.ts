import type { ExitCode } from '../exit-codes.js';
import type { Invocation } from '../invocation.js';
import { withPort } from '../with-modem.js';
import { examine } from './examine.js';
import type { Outcome } from './finding.js';
import { leave } from './leave.js';
import type { DoctorOptions } from './options.js';
import { Patient } from './patient.js';
import { planOf } from './plan.js';
import { jsonReport, textReport } from './report/report.js';
import { summaryOf } from './report/summary.js';
import { STEPS } from './steps.js';

export async function run(options: DoctorOptions, invocation: Invocation): Promise<ExitCode> {
  const { output, signal } = invocation;
  return withPort(options, invocation, async (port, modemOptions) => {
    const plan = planOf(options, port, modemOptions, signal);
    const patient = new Patient(plan);
    const report = options.json === true ? jsonReport(output) : textReport(output, process.stdout);
    const outcomes: Outcome[] = [];
    try {
      for await (const outcome of examine(patient, STEPS, ({ title }) => report.begins(title))) {
        outcomes.push(outcome);
        await report.outcome(outcome);
      }
    } finally {
      await leave(patient);
    }
    const summary = summaryOf(outcomes, plan.settings !== undefined);
    await report.summary(summary);
    return summary.exitCode;
  });
}
