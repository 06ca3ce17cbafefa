import type { Ledger } from '../../../provisioning/ledger/ledger.js';
import {
  type OpenAttempt,
  TRIPLE_STATES,
  type TripleState,
} from '../../../provisioning/ledger/ledger-types.js';
import { parsePort } from '../../../provisioning/station/station-port.js';
import { EXIT, type ExitCode } from '../../exit-codes.js';
import type { Invocation } from '../../invocation.js';
import { alignColumns, counted, localTime, onOneLine } from '../../terminal.js';
import { withLedger } from '../open-ledger.js';
import type { LedgerOptions } from '../options.js';

export async function run(options: LedgerOptions, { output }: Invocation): Promise<ExitCode> {
  const facts = await withLedger(options, statusFacts);
  if (options.json === true) await output.json(statusRecord(facts));
  else for (const line of statusLines(facts)) await output.line(line);
  return EXIT.DONE;
}

/** What a ledger holds at this moment; no secret in it. Times are ms since 1970. */
interface StatusFacts {
  readonly ledger: string;
  readonly counts: Readonly<Record<TripleState, number>>;
  /** Those of the new ones that any module may get; one that was registered waits for its own. */
  readonly free: number;
  /** Dynamic registration, if it was set up. */
  readonly product: { readonly productKey: string; readonly nameTemplate: string } | undefined;
  /** Attempts that have not ended, the oldest first. */
  readonly open: readonly OpenAttempt[];
  /** Exports that were cut short. */
  readonly unfinished: readonly { readonly id: number; readonly file: string; readonly modules: number }[];
  readonly lastActivity: number | undefined;
}

function statusFacts(ledger: Ledger): StatusFacts {
  const product = ledger.product();
  return {
    ledger: ledger.path,
    counts: ledger.counts(),
    free: ledger.triples({ states: ['new'] }).filter(({ origin }) => origin === 'file').length,
    product:
      product === undefined
        ? undefined
        : { productKey: product.productKey, nameTemplate: product.nameTemplate },
    open: ledger.openAttempts(),
    unfinished: ledger
      .unfinishedExports()
      .map(({ id, file, records }) => ({ id, file, modules: records.length })),
    lastActivity: ledger.lastActivity(),
  };
}

/** What a state means to the operator. */
const MEANINGS: Readonly<Record<Exclude<TripleState, 'new'>, string>> = {
  reserved: 'bound to a module, not in it yet',
  written: 'in a module, not proved yet',
  verified: 'proved, waiting for the next export',
  exported: 'proved and in the books',
  failed: 'bound to a module that failed',
};

/** `named`: new ones that were registered, and released. */
function meaningOf(state: TripleState, named: number): string {
  if (state !== 'new') return MEANINGS[state];
  return named === 0 ? 'free' : `free, but for ${named} that only the module of that name can get`;
}

/** The status for people, line by line. */
export function statusLines({ counts, free, product, open, unfinished, ...facts }: StatusFacts): string[] {
  const total = TRIPLE_STATES.reduce((sum, state) => sum + counts[state], 0);
  const rows = TRIPLE_STATES.map((state) => [
    `  ${state}`,
    String(counts[state]),
    meaningOf(state, counts.new - free),
  ]);
  return [
    `ledger ${onOneLine(facts.ledger)}: ${counted(total, 'triple')}`,
    ...alignColumns(rows),
    ...(product === undefined
      ? []
      : [`product ${product.productKey}: devices are registered as ${product.nameTemplate}`]),
    ...open.map((attempt) => onOneLine(openText(attempt))),
    ...unfinished.map(
      ({ id, file, modules }) =>
        `export ${id} of ${counted(modules, 'module')} to ${onOneLine(file)} was cut short: the next export completes it`,
    ),
    facts.lastActivity === undefined
      ? 'nothing happened yet'
      : `last activity ${localTime(facts.lastActivity)}`,
  ];
}

function openText({ station, operator, port, imei, deviceName, startedAt, alive }: OpenAttempt): string {
  const triple = deviceName === undefined ? '' : ` with ${deviceName}`;
  const work = `${station} (${operator}) on ${port}: module ${imei}${triple} since ${localTime(startedAt)}`;
  return alive ? `at work: ${work}` : `left behind: ${work}; its station is gone, the next run takes it over`;
}

/** Times are ISO 8601 in UTC; null for what there is not. */
export function statusRecord({
  ledger,
  counts,
  free,
  product,
  open,
  unfinished,
  lastActivity,
}: StatusFacts): object {
  return {
    ledger,
    counts,
    free,
    product: product ?? null,
    open: open.map(({ id, station, operator, port, imei, deviceName, startedAt, alive }) => ({
      ...{ attempt: id, station, operator, slot: null, ...parsePort(port), imei },
      deviceName: deviceName ?? null,
      startedAt: new Date(startedAt).toISOString(),
      alive,
    })),
    unfinishedExports: unfinished,
    lastActivity: lastActivity === undefined ? null : new Date(lastActivity).toISOString(),
  };
}
