import { ATTENTION } from '../../at/commands/basic.js';
import type { ErrorCode } from '../../errors/codes.js';
import { SerialServerError } from '../../errors/kinds.js';
import { ModemError } from '../../errors/modem-error.js';
import { EXIT, exitCodeOf } from '../exit-codes.js';
import { hintFor } from '../log.js';
import { type Finding, fail, NO_ADVICE, type Outcome, type StepName } from './finding.js';
import { judgeEcho } from './line/answer.js';
import type { Patient, Step } from './patient.js';
import { serverAdvice } from './port/opens.js';

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

/** What the examination so far says about a failure that can have many causes. */
interface Evidence {
  /** Whether the module does not answer `AT` any more. */
  readonly gone: boolean;
  /** What shows that bytes got lost or garbled before, e.g. `12 bytes were no text`; undefined if nothing does. */
  readonly loss: string | undefined;
}

const POWER = 'its power supply breaks down: bursts of the radio draw up to 2 A';
const HANGS = 'its firmware hangs';
const SLOW = 'the module needs longer for this command: it answers AT all the same';
const LOST = 'bytes get lost on the line';

/** Failures that can happen at any step. */
const CAUSES: Partial<Readonly<Record<ErrorCode, readonly string[]>>> = {
  NOT_RESPONDING: [POWER, HANGS, 'somebody has pulled a wire'],
  REBOOTED: [POWER, 'its firmware has crashed', 'somebody has reset it'],
  PORT_CLOSED: ['the device was unplugged, or restarted', 'the USB bus or the serial server has closed it'],
  PORT_FAILED: ['the device was unplugged, or its driver has failed'],
  COMMAND_FAILED: ['the firmware does not know the command, or cannot do it now'],
  BAD_RESPONSE: ['the firmware answers in a way that atmqtt does not know', LOST],
};

/** Failures that lost bytes explain as well. */
const BY_LOSS: readonly ErrorCode[] = ['TIMEOUT', 'NOT_RESPONDING', 'BAD_RESPONSE', 'COMMAND_FAILED'];

/** What the line has shown since it was opened. */
function lineEvidence({ firstAnswer, modem }: Patient): Pick<Evidence, 'loss'> {
  const { dropped, strayResults } = modem.value?.stats() ?? {};
  const signs = [
    ...(firstAnswer.value !== undefined && judgeEcho(firstAnswer.value) === 'garbled'
      ? ['the echo was garbled']
      : []),
    ...(dropped !== undefined && dropped.garbage > 0 ? [`${dropped.garbage} bytes were no text`] : []),
    ...(dropped !== undefined && dropped.incomplete > 0 ? ['lines came without their end'] : []),
    ...(strayResults !== undefined && strayResults > 0
      ? [`${strayResults} result codes answered nothing`]
      : []),
  ];
  return { loss: signs.length === 0 ? undefined : signs.join(', ') };
}

/** A failure that the step has no words of its own for: causes by what was seen, the most likely first. */
export function unexpectedFinding(error: ModemError, { gone, loss }: Evidence): Finding {
  if (error instanceof SerialServerError && error.code !== 'NOT_RESPONDING') {
    const facts = { code: error.code, said: error.said };
    return fail(error.message, exitCodeOf(error), serverAdvice(error), facts);
  }
  const hint = hintFor(error.code);
  const lost = loss !== undefined && BY_LOSS.includes(error.code);
  const others =
    error.code === 'TIMEOUT' ? (gone ? [POWER, HANGS, LOST] : [SLOW, LOST]) : (CAUSES[error.code] ?? []);
  const causes = lost ? [`${LOST}: ${loss}`, ...others.filter((cause) => cause !== LOST)] : others;
  const wires = 'check the wiring and ground; a lower rate (AT+IPR) or flow control (rtscts=true) may help';
  const next = [...(lost ? [wires] : []), hint ?? 'look at the AT traffic with -d'];
  return fail(
    error.message,
    exitCodeOf(error),
    { causes, next },
    { code: error.code, ...(loss === undefined ? {} : { loss }) },
  );
}
