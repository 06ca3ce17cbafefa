import type { Modem } from '../../modem/modem.js';
import { Backoff } from '../../util/backoff.js';
import { delay } from '../../util/delay.js';
import { failureOf } from '../failures.js';
import type { TripleRecord } from '../ledger/ledger-types.js';
import { isProved } from '../ledger/triple-records.js';
import { checkSameSim, hasCheckDigit, identify, type KnownFacts, readImei } from './identify.js';
import { type KnownReason, StationFailure } from './reasons.js';
import type { StationSettings } from './station-options.js';
import { portName, portText, type StationPort } from './station-port.js';
import type { UnitOutcome } from './station-types.js';
import { ModuleGuard, UnitContext, type UnitHandlers } from './unit-context.js';
import { already, refuse, type Trying, type UnitRecords, work } from './unit-records.js';

/** How a unit ended. */
export interface UnitEnd {
  readonly outcome: UnitOutcome;
  readonly reason: KnownReason | undefined;
  readonly tries: number;
  /** Of its SIM, if it was told. */
  readonly iccid?: string | undefined;
}

/** Longest pause between two tries in ms. */
const MAX_PAUSE = 60_000;

/** Another module than the one that the unit began with. */
class OtherModule extends Error {}

/** One module at a port, from its first answer to its result. */
export class Unit {
  readonly #place: StationPort;
  readonly #modem: Modem;
  readonly #settings: StationSettings;
  readonly #records: UnitRecords;
  readonly #handlers: UnitHandlers;
  #facts: Readonly<KnownFacts> | undefined;

  constructor(
    { place, modem }: { readonly place: StationPort; readonly modem: Modem },
    settings: StationSettings,
    records: UnitRecords,
    handlers: UnitHandlers,
  ) {
    this.#place = place;
    this.#modem = modem;
    this.#settings = settings;
    this.#records = records;
    this.#handlers = handlers;
  }

  /**
   * Tries until the unit passes or fails for good. Undefined: the module went, or the station stopped, before anything
   * was begun with it.
   */
  async run(stop: AbortSignal): Promise<UnitEnd | undefined> {
    const end = await this.#run(stop);
    return end && { ...end, iccid: this.#facts?.iccid };
  }

  async #run(stop: AbortSignal): Promise<UnitEnd | undefined> {
    const { tries: allowed, retryPause } = this.#settings;
    const pauses = new Backoff({ initial: retryPause, maximum: MAX_PAUSE });
    let failed: UnitEnd | undefined;
    for (let tries = 1; ; tries += 1) {
      this.#handlers.changed({ tries, note: undefined });
      const trying = await this.#try(stop);
      if (trying.outcome === 'gone')
        return failed && stop.aborted ? this.#interrupted(failed, tries) : failed;
      if (trying.outcome !== 'failed') return { outcome: trying.outcome, reason: undefined, tries };
      const { reason } = trying;
      failed = { outcome: 'failed', reason, tries };
      const over = !failureOf(reason.code).passing || tries >= allowed;
      if (over || this.#modem.closed) return failed;
      if (!stop.aborted) await this.#pause(reason, pauses.next(), stop);
      if (stop.aborted) return this.#interrupted(failed, tries);
    }
  }

  async #try(stop: AbortSignal): Promise<Trying> {
    const guard = new ModuleGuard(this.#modem, stop);
    const context = new UnitContext(
      { place: this.#place, modem: this.#modem, guard },
      this.#settings,
      this.#handlers,
    );
    try {
      return await tryUnit(context, this.#records, (facts) => this.#identified(facts));
    } catch (error) {
      if (error instanceof OtherModule) return { outcome: 'gone' };
      throw error;
    } finally {
      guard.end();
    }
  }

  /** The facts are completed later. */
  #identified(facts: Readonly<KnownFacts>): void {
    const { imei } = facts;
    const known = this.#facts?.imei;
    if (known !== undefined && known !== imei) throw new OtherModule();
    if (known === undefined && !hasCheckDigit(imei)) {
      this.#handlers.note(`${portName(this.#place)}: the check digit of IMEI ${imei} is wrong`);
    }
    this.#facts = facts;
    this.#handlers.changed({ imei });
  }

  /** The station stops while another try would follow: what failed before was not the last word. */
  #interrupted({ reason: before }: UnitEnd, tries: number): UnitEnd {
    const { code, message } = new StationFailure('INTERRUPTED');
    const reason: KnownReason = { code, message: `${message}; before that: ${before?.message}` };
    try {
      if (this.#facts !== undefined) this.#records.run?.refused(this.#facts, portText(this.#place), reason);
    } catch (error) {
      this.#handlers.note(
        `${portName(this.#place)}: an interruption is missing in the ledger: ${(error as Error).message}`,
      );
    }
    return { outcome: 'failed', reason, tries };
  }

  /** A module that is taken off meanwhile, or exchanged, ends the pause: the next try finds out which it is. */
  async #pause({ message }: KnownReason, ms: number, stop: AbortSignal): Promise<void> {
    this.#handlers.changed({ phase: 'pausing', note: `again in ${Math.ceil(ms / 1000)} s: ${message}` });
    const guard = new ModuleGuard(this.#modem, stop);
    if (this.#facts !== undefined) guard.watch(this.#facts.imei, this.#settings.watchPeriod);
    await delay(ms, guard.signal);
    guard.end();
  }
}

/** Tries the module at the port once. `identified` is told its IMEI, later the rest; what it throws is the only rejection. */
async function tryUnit(
  context: UnitContext,
  records: UnitRecords,
  identified: (facts: Readonly<KnownFacts>) => void,
): Promise<Trying> {
  let facts: KnownFacts | undefined;
  context.enter('identifying');
  try {
    facts = { imei: await readImei(context) };
  } catch (error) {
    return refuse(context, records, undefined, error);
  }
  identified(facts);
  context.guard.watch(facts.imei, context.settings.watchPeriod);
  try {
    await identify(context, facts);
    const earlier = earlierTriple(context, records, facts);
    if (isProved(earlier) && !context.settings.again) return already(context, records, facts);
    await untilRegistered(context);
    if (records.run === undefined) return checked(records, earlier);
  } catch (error) {
    return refuse(context, records, facts, error);
  }
  return work(context, records, facts);
}

/** What the module has already; throws `IMEI_OTHER_SIM`. */
function earlierTriple(
  context: UnitContext,
  { ledger }: UnitRecords,
  facts: KnownFacts,
): TripleRecord | undefined {
  const { settings } = context;
  const [earlier] = ledger.triples({ imei: facts.imei });
  if (!settings.acceptOtherSim) checkSameSim(facts, earlier);
  if (earlier !== undefined) context.changed({ deviceName: earlier.deviceName });
  return earlier;
}

async function untilRegistered(context: UnitContext): Promise<void> {
  const { modem, settings, guard } = context;
  context.enter('network');
  const { networkTimeout: timeout, pollInterval } = settings;
  await modem.waitForRegistration({ timeout, pollInterval, signal: guard.signal });
}

/** The end of a dry run: whether there would be a triple for the module. */
function checked({ ledger }: UnitRecords, earlier: TripleRecord | undefined): Trying {
  if (earlier === undefined && ledger.product() === undefined && ledger.counts().new === 0) {
    throw new StationFailure('POOL_EMPTY');
  }
  return { outcome: 'checked' };
}
