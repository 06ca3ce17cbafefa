import { ATTENTION } from '../../at/commands/basic.js';
import type { ErrorCode } from '../../errors/codes.js';
import { ModemError } from '../../errors/modem-error.js';
import { EXIT } from '../exit-codes.js';
import { type Finding, NO_ADVICE, type Outcome, type StepName } from './finding.js';
import type { Patient } from './patient.js';
import type { Step } from './step.js';
import { lineEvidence, unexpectedFinding } from './unexpected.js';

/** After these the module cannot be asked any more. */
const MODULE_GONE: readonly ErrorCode[] = ['PORT_CLOSED', 'PORT_FAILED', 'NOT_RESPONDING'];

const GONE = Symbol('the module does not answer any more');

/**
 * Examines one step after the other; those that need one that failed are skipped. Rejects with `ABORTED` when the
 * signal of the plan fires, and with what is no `ModemError`.
 */
export async function* examine(
  patient: Patient,
  steps: readonly Step[],
  begins: (step: Step) => void = () => {},
): AsyncGenerator<Outcome> {
  const failed = new Map<StepName, string>();
  for (const step of steps) {
    if (step.applies?.(patient.plan) === false) continue;
    const missing = step.needs.find((name) => failed.has(name));
    if (missing !== undefined) {
      failed.set(step.name, failed.get(missing) ?? step.title);
      yield skipped(step, failed.get(missing) ?? '');
      continue;
    }
    begins(step);
    const start = performance.now();
    const { finding, gone } = await findingOf(step, patient);
    if (finding.status === 'fail' && finding.goesOn !== true) failed.set(step.name, step.title);
    else patient.passed.add(step.name);
    if (gone) failed.set('at', step.title);
    yield outcome(step, finding, Math.round(performance.now() - start));
  }
}

async function findingOf(
  step: Step,
  patient: Patient,
): Promise<{ readonly finding: Finding; readonly gone: boolean }> {
  try {
    return { finding: await step.examine(patient), gone: false };
  } catch (error) {
    if (!(error instanceof ModemError) || patient.plan.signal.aborted) throw error;
    const gone = await isGone(error, patient);
    return { finding: unexpectedFinding(error, { gone, ...lineEvidence(patient) }), gone };
  }
}

/** A command that ran out of time may be the fault of the command, or the end of the module. */
async function isGone({ code }: ModemError, { modem, plan }: Patient): Promise<boolean> {
  if (code !== 'TIMEOUT') return MODULE_GONE.includes(code);
  const { signal } = plan;
  return (await modem.value?.execute(ATTENTION, null, { signal }).catch(() => GONE)) === GONE;
}

function outcome({ name, title }: Step, finding: Finding, ms: number): Outcome {
  const { status, found, facts = {}, advice = NO_ADVICE } = finding;
  const exitCode = status === 'fail' ? (finding.exitCode ?? EXIT.FAILED) : EXIT.DONE;
  return { step: name, title, status, found, facts, advice, exitCode, ms };
}

function skipped({ name, title }: Step, because: string): Outcome {
  return {
    step: name,
    title,
    status: 'skipped',
    found: `needs: ${because}`,
    facts: {},
    advice: NO_ADVICE,
    exitCode: EXIT.DONE,
    ms: 0,
  };
}
