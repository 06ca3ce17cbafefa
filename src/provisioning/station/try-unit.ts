import type { TripleRecord } from '../ledger/ledger-types.js';
import { checkSameSim } from './checks.js';
import { identify, type KnownFacts, readImei } from './identify.js';
import { StationFailure } from './station-failure.js';
import { already, isProved, refuse, type Trying, type UnitBooks, work } from './unit-books.js';
import type { UnitContext } from './unit-context.js';

/** Tries the module at the port once. `identified` is told its IMEI, later the rest; what it throws is the only rejection. */
export async function tryUnit(
  context: UnitContext,
  books: UnitBooks,
  identified: (facts: Readonly<KnownFacts>) => void,
): Promise<Trying> {
  let facts: KnownFacts | undefined;
  context.enter('identifying');
  try {
    facts = { imei: await readImei(context) };
  } catch (error) {
    return refuse(context, books, undefined, error);
  }
  identified(facts);
  context.guard.watch(facts.imei, context.settings.watchPeriod);
  try {
    await identify(context, facts);
    const earlier = earlierTriple(context, books, facts);
    if (isProved(earlier) && !context.settings.again) return already(context, books, facts);
    await untilRegistered(context);
    if (books.book === undefined) return checked(books, earlier);
  } catch (error) {
    return refuse(context, books, facts, error);
  }
  return work(context, books, facts);
}

/** What the module has already; throws `IMEI_OTHER_SIM`. */
function earlierTriple(
  context: UnitContext,
  { ledger }: UnitBooks,
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
function checked({ ledger }: UnitBooks, earlier: TripleRecord | undefined): Trying {
  if (earlier === undefined && ledger.product() === undefined && ledger.counts().new === 0) {
    throw new StationFailure('POOL_EMPTY');
  }
  return { outcome: 'checked' };
}
