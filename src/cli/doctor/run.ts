import { randomBytes } from 'node:crypto';
import { type ClientSettings, settingsFor } from '../../client/options.js';
import { findDialect } from '../../dialects/find.js';
import type { OpenModemOptions } from '../../modem/open-options.js';
import { isForCloud, plainOptions } from '../../provisioning/aliyun-options.js';
import { clientOptions, withPassphrase } from '../connect-options.js';
import type { ExitCode } from '../exit-codes.js';
import type { Invocation } from '../invocation.js';
import { isSimulated } from '../port.js';
import { withPort } from '../with-modem.js';
import { CONNECT, DISCONNECT } from './broker/connect.js';
import { LOGIN } from './broker/login.js';
import { PUBLISH, SUBSCRIBE } from './broker/own-message.js';
import { BROKER } from './broker/reached.js';
import { type DoctorOptions, START_TIMEOUT } from './command.js';
import { examine } from './examine.js';
import type { Outcome } from './finding.js';
import { ATTENTION, ECHO } from './line/answers-at.js';
import { ADDRESS } from './module/address.js';
import { CLOCK } from './module/clock.js';
import { putBack, SETTINGS } from './module/habits.js';
import { MODEL } from './module/model.js';
import { REGISTRATION } from './module/registration.js';
import { SIGNAL } from './module/signal.js';
import { SIM } from './module/sim.js';
import { Patient, type Plan, type Step } from './patient.js';
import { PORT } from './port/exists.js';
import { FREE } from './port/free.js';
import { OPEN } from './port/opens.js';
import { PERMISSION } from './port/permission.js';
import { jsonReport, summaryOf, textReport } from './report.js';
import { targetOf } from './target.js';

export async function run(options: DoctorOptions, invocation: Invocation): Promise<ExitCode> {
  const { output, signal } = invocation;
  return withPort(options, invocation, async (port, modemOptions) => {
    const plan = await planOf(options, port, modemOptions, signal);
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

/** From the port to the broker and back. */
const STEPS: readonly Step[] = [
  PORT,
  PERMISSION,
  FREE,
  OPEN,
  ATTENTION,
  ECHO,
  MODEL,
  SIM,
  REGISTRATION,
  SIGNAL,
  ADDRESS,
  CLOCK,
  LOGIN,
  BROKER,
  CONNECT,
  SUBSCRIBE,
  PUBLISH,
  DISCONNECT,
  SETTINGS,
];

/** ms. */
const REGISTRATION_TIMEOUT = 60_000;
const ROUND_TRIP_TIMEOUT = 30_000;

/** Each of them wants a session; those of Alibaba Cloud are checked to be complete. */
const BROKER_OPTIONS = ['broker', 'region', 'aliyunHost', 'ledger'] as const;

/** What the options ask for. Throws an `ArgumentError` for what cannot be, before anything is opened. */
async function planOf(
  options: DoctorOptions,
  port: string,
  modemOptions: OpenModemOptions,
  signal: AbortSignal,
): Promise<Plan> {
  const { topic, publish = true, module } = options;
  const settings = await brokerSettings({ ...options, port });
  if (topic !== undefined && settings !== undefined) checkTopic(settings, topic);
  const { entry, profile } = findDialect({ profile: module });
  return {
    target: targetOf(port),
    ...{ settings, profile, words: await entry.words() },
    profileGiven: module !== undefined,
    ...{ topic, publish, modemOptions, signal },
    startTimeout: options.startTimeout ?? START_TIMEOUT,
    registrationTimeout: options.registrationTimeout ?? REGISTRATION_TIMEOUT,
    roundTripTimeout: options.roundTripTimeout ?? ROUND_TRIP_TIMEOUT,
  };
}

/** Undefined without a broker. The session is clean, without a will, and under an id of its own if none was given. */
async function brokerSettings(
  options: DoctorOptions & { readonly port: string },
): Promise<ClientSettings | undefined> {
  if (BROKER_OPTIONS.every((name) => options[name] === undefined) && !isSimulated(options.port)) {
    return undefined;
  }
  const given = clientOptions(options);
  if (isForCloud(given)) return settingsFor({ ...plainOptions(withPassphrase(given, options)), clean: true });
  const { will: _will, ...connection } = given;
  const clientId = connection.clientId ?? `atmqtt-doctor-${randomBytes(4).toString('hex')}`;
  return settingsFor({ ...connection, clientId, clean: true });
}

function checkTopic({ dialect, session, rules }: ClientSettings, topic: string): void {
  const publication = { topic, payload: Buffer.alloc(0), qos: 1, retain: false } as const;
  dialect.checkPublication(publication, session);
  rules.checkPublication?.(publication);
}

/** ms for what is put back after an interruption. */
const LEAVE_LIMIT = 2_000;

/** Ends the session, puts back what was changed if no step has, and closes the port. Never rejects. */
async function leave(patient: Patient): Promise<void> {
  const { modem, habits, session, stream, passed } = patient;
  await session.value?.close();
  if (modem.value !== undefined && habits.value !== undefined && !passed.has('settings')) {
    await putBack(modem.value, habits.value, AbortSignal.timeout(LEAVE_LIMIT)).catch(() => {});
  }
  await modem.value?.close();
  stream.value?.destroy();
}
