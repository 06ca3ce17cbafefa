import { table } from '../../shared/table.js';
import type { Section } from '../section.js';
import { factoryLine, type LineResult, TIMES } from './factory-line.js';
import { type Added, PARTS } from './unit-times.js';

/** Ports of one station, and units at each. */
const LINES = [
  { ports: 1, unitsPerPort: 4 },
  { ports: 5, unitsPerPort: 4 },
  { ports: 16, unitsPerPort: 4 },
] as const;

/**
 * The same with other modules. 500 ms for an answer is what the hardware shows: lmqtt.md 1 [T]; it is no part of
 * the ideal.
 */
const VARIANTS = {
  'all begun at once': { ports: 16, unitsPerPort: 3, apart: 0 },
  'no boot line': { ports: 5, unitsPerPort: 3, socket: 'mute' },
  'USB, the port goes as well': { ports: 5, unitsPerPort: 3, socket: 'usb' },
  '500 ms for each answer': { ports: 5, unitsPerPort: 2, answer: 500 },
} as const;

export async function lineSection(): Promise<Section> {
  const lines: LineResult[] = [];
  for (const plan of LINES) lines.push(await factoryLine(plan));
  const variants: (readonly [string, LineResult])[] = [];
  for (const [name, plan] of Object.entries(VARIANTS)) variants.push([name, await factoryLine(plan)]);
  return {
    ratios: Object.fromEntries(lines.map((line) => [`line of ${portsOf(line)} / ideal`, line.ratio])),
    data: { factoryLine: { lines, variants: Object.fromEntries(variants) } },
    lines: [
      `Factory line, a module takes ${TIMES.start} + ${TIMES.registration} + ${TIMES.connect} + ${TIMES.proof} ms by itself`,
      ...table(
        ['', 'ratio', 'units/h', 'ideal'],
        [
          ...lines.map((line) => [portsOf(line), ...rates(line)]),
          ...variants.map(([name, line]) => [`${portsOf(line)}, ${name}`, ...rates(line)]),
        ],
      ),
      '',
      ...table(
        ['added per unit, ms', ...lines.map(portsOf)],
        [
          ...PARTS.map((part) => [part, ...lines.map(({ added }) => added[part].toFixed(0))]),
          ['all of it', ...lines.map(({ added }) => sum(added).toFixed(0))],
        ],
      ),
      '',
      ...table(
        ['per unit', ...lines.map(portsOf)],
        [
          [
            'commits, synced + noted',
            ...lines.map(({ ledger }) => `${ledger.synced.toFixed(1)}+${ledger.noted.toFixed(1)}`),
          ],
          [
            'ms in them (longest)',
            ...lines.map(({ ledger }) => `${ledger.spent.toFixed(0)} (${ledger.longest.toFixed(0)})`),
          ],
          ['command lines', ...lines.map(({ commands }) => commands.toFixed(0))],
          ['CPU of the station, ms', ...lines.map(({ cpu }) => cpu.toFixed(0))],
        ],
      ),
    ],
  };
}

function portsOf({ plan: { ports } }: LineResult): string {
  return ports === 1 ? '1 port' : `${ports} ports`;
}

function rates({ ratio, unitsPerHour, idealPerHour }: LineResult): string[] {
  return [ratio.toFixed(2), unitsPerHour.toFixed(0), idealPerHour.toFixed(0)];
}

function sum(added: Added): number {
  return Object.values(added).reduce((total, ms) => total + ms, 0);
}
