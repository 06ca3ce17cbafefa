import { ModemError } from '../../errors/modem-error.js';
import type { Attempt } from '../ledger/attempt.js';
import { ImeiInUse } from '../ledger/attempt-records.js';
import type { Ledger } from '../ledger/ledger.js';
import type { ModuleFacts } from '../ledger/ledger-types.js';
import type { StationRun } from '../ledger/station-run.js';
import { isProved } from '../ledger/triple-records.js';
import { checkSameSim } from './identify.js';
import { type KnownReason, reasonOf, StationFailure } from './reasons.js';
import { parsePort, portName, portText } from './station-port.js';
import { runTrial } from './trial.js';
import type { UnitContext } from './unit-context.js';

/** Where a station records its units. */
export interface UnitRecords {
  readonly ledger: Ledger;
  /** Undefined in a dry run, which writes nothing. */
  readonly run: StationRun | undefined;
  readonly openEnds: OpenEnds;
}

/** How one try ended. `gone`: the module went, or the station stopped, before anything was begun. */
export type Trying =
  | { readonly outcome: 'passed' | 'already' | 'checked' | 'gone' }
  | { readonly outcome: 'failed'; readonly reason: KnownReason };

/** Failures before an attempt that are nobody's: the next module, or the next run, begins anew. */
const NOBODYS: readonly string[] = ['MODULE_LOST', 'INTERRUPTED'];

/** What went wrong before an attempt began; recorded if it is known of which module. The triple of the IMEI stays as it is. */
export function refuse(
  context: UnitContext,
  { run }: UnitRecords,
  facts: ModuleFacts | undefined,
  error: unknown,
): Trying {
  const reason = reasonIn(context, error);
  if (NOBODYS.includes(reason.code)) return { outcome: 'gone' };
  if (facts !== undefined && reason.code !== 'LEDGER_FAILED') {
    try {
      run?.refused(facts, portText(context.place), reason);
    } catch (cause) {
      context.note(`a failure is missing in the ledger: ${reasonOf(cause, context.phase).message}`);
    }
  }
  return { outcome: 'failed', reason };
}

/** A look at a module that is verified; throws what the ledger throws. */
export function already(context: UnitContext, records: UnitRecords, facts: ModuleFacts): Trying {
  return records.run === undefined
    ? { outcome: 'already' }
    : endAlready(context, records, begin(context, records, facts));
}

/** The attempt at the module, and its end in the ledger. */
export async function work(context: UnitContext, records: UnitRecords, facts: ModuleFacts): Promise<Trying> {
  let attempt: Attempt;
  try {
    attempt = begin(context, records, facts);
  } catch (error) {
    return refuse(context, records, facts, error);
  }
  try {
    // Another station may have been faster.
    const { earlier } = attempt;
    if (!context.settings.acceptOtherSim) checkSameSim(facts, earlier);
    if (isProved(earlier) && !context.settings.again) return endAlready(context, records, attempt);
    await runTrial(context, attempt, facts.imei);
  } catch (error) {
    const reason = reasonIn(context, error);
    return ended(context, records, () => attempt.fail(reason), reason) ?? { outcome: 'failed', reason };
  }
  return ended(context, records, () => attempt.pass()) ?? { outcome: 'passed' };
}

function endAlready(context: UnitContext, records: UnitRecords, attempt: Attempt): Trying {
  return ended(context, records, () => attempt.already()) ?? { outcome: 'already' };
}

/** Throws `IMEI_IN_WORK`, or what the ledger throws. */
function begin(context: UnitContext, { run, openEnds }: UnitRecords, facts: ModuleFacts): Attempt {
  if (run === undefined) throw new StationFailure('STATION_FAULT', 'a dry run begins nothing');
  openEnds.settle();
  try {
    const { acceptOtherSim } = context.settings;
    return run.attempt(facts, portText(context.place), { acceptOtherSim });
  } catch (error) {
    if (!(error instanceof ImeiInUse)) throw error;
    const { station, port } = error.attempt;
    throw new StationFailure(
      'IMEI_IN_WORK',
      `IMEI ${facts.imei} at ${portName(parsePort(port))} of station ${station}`,
      {
        cause: error,
      },
    );
  }
}

/** Ends an attempt; a failure if the ledger does not take that: nothing is claimed that is not in it. */
function ended(
  context: UnitContext,
  { openEnds }: UnitRecords,
  end: () => void,
  before?: KnownReason,
): Trying | undefined {
  const error = openEnds.end(end);
  if (error === undefined) return undefined;
  const { code, message } = reasonOf(error, context.phase);
  const earlier = before === undefined ? '' : `; before that: ${before.message}`;
  return { outcome: 'failed', reason: { code, message: message + earlier } };
}

/** A module that is lost is the reason for what failed then, unless that knows better. */
function reasonIn({ guard, phase }: UnitContext, error: unknown): KnownReason {
  const { lost } = guard;
  return reasonOf(lost === undefined || knowsBetter(error) ? error : lost, phase);
}

/** Not a registration that was not asked for: the module may have been the reason. */
function knowsBetter(error: unknown): boolean {
  if (error instanceof StationFailure) return true;
  return error instanceof ModemError && /^(?:LEDGER_|REGISTRATION_(?!FAILED))/.test(error.code);
}

/**
 * Attempts whose end the ledger would not take: a disk that was full, another process that held it. They stay open
 * there, so they are ended before the next one begins.
 */
export class OpenEnds {
  readonly #ends = new Set<() => void>();

  /** Runs `end`, which writes to the ledger; if that fails it is kept, and the error is returned. */
  end(end: () => void): unknown {
    try {
      end();
      return undefined;
    } catch (error) {
      this.#ends.add(end);
      return error;
    }
  }

  /** Tries all of them again; throws the error of the first that fails. */
  settle(): void {
    for (const end of this.#ends) {
      end();
      this.#ends.delete(end);
    }
  }
}
