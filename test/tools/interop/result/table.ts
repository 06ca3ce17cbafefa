import { BROKERS, type BrokerName } from '../brokers/broker.js';
import { FAR_DRIVERS } from '../far/drivers.js';
import type { Feature } from '../features/feature.js';
import { FEATURES } from '../features/features.js';
import { Footnotes } from './footnotes.js';
import { type Cell, type Matrix, reasonNotRun } from './matrix.js';

/** The matrix as Markdown: a table for what is tried once per broker, and one per broker for each client. */
export function table({ brokers, cells }: Matrix): string {
  const notes = new Footnotes();
  const present = BROKERS.filter((name) => brokers.has(name));
  const parts: string[] = [];
  const once = FEATURES.filter(({ scope }) => scope === 'broker');
  parts.push(
    ...section(
      ['once per broker', ...present.map((name) => title(brokers, name))],
      once,
      (feature) => present.map((broker) => find(cells, feature, broker, undefined)),
      notes,
    ),
  );
  for (const broker of present) {
    const rows = FEATURES.filter(({ scope }) => scope === 'client');
    const lane = cells.filter((cell) => cell.broker === broker && cell.client !== undefined);
    const reason = reasonNotRun(lane);
    if (reason !== undefined) {
      parts.push(`**${title(brokers, broker)}**: not run: ${reason}.`, '');
      continue;
    }
    const drivers = FAR_DRIVERS.filter(({ name }) => lane.some(({ client }) => client === name));
    const line = (feature: Feature) => drivers.map(({ name }) => find(lane, feature, broker, name));
    parts.push(
      ...section([title(brokers, broker), ...drivers.map((driver) => driver.title)], rows, line, notes),
    );
  }
  return [...parts, ...notes.lines()].join('\n');
}

function section(
  heads: readonly string[],
  features: readonly Feature[],
  line: (feature: Feature) => readonly (Cell | undefined)[],
  notes: Footnotes,
): string[] {
  const rows = features
    .map((feature) => ({ feature, cells: line(feature) }))
    .filter(({ cells }) => cells.some((cell) => cell !== undefined));
  if (rows.length === 0) return [];
  return [
    `| ${heads.join(' | ')} |`,
    `|${' --- |'.repeat(heads.length)}`,
    ...rows.map(
      ({ feature, cells }) => `| ${[feature.title, ...cells.map((cell) => notes.show(cell))].join(' | ')} |`,
    ),
    '',
  ];
}

function find(
  cells: readonly Cell[],
  { name }: Feature,
  broker: BrokerName,
  client: Cell['client'],
): Cell | undefined {
  return cells.find((cell) => cell.feature === name && cell.broker === broker && cell.client === client);
}

function title(brokers: Matrix['brokers'], name: BrokerName): string {
  return name === 'external' ? 'EMQX or another, by `INTEROP_BROKER`' : (brokers.get(name) ?? name);
}
