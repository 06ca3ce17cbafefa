import {
  type OpenAttempt,
  TRIPLE_STATES,
  type TripleState,
} from '../../../provisioning/ledger/ledger-types.js';
import { parsePort } from '../../../provisioning/station/station-port.js';
import { alignColumns } from '../../text-table.js';
import { counted, localTime, onOneLine } from '../words.js';
import type { StatusFacts } from './facts.js';

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
