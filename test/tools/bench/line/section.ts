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

const WIDTH = 38;

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
      `${''.padEnd(WIDTH)} ratio  units/h    ideal`,
      ...lines.map((line) => rate(portsOf(line), line)),
      ...variants.map(([name, line]) => rate(`${portsOf(line)}, ${name}`, line)),
      '',
      row(
        'added per unit, ms',
        lines.map((line) => String(line.plan.ports)),
      ),
      ...PARTS.map((part) =>
        row(
          part,
          lines.map(({ added }) => added[part].toFixed(0)),
        ),
      ),
      row(
        'all of it',
        lines.map(({ added }) => sum(added).toFixed(0)),
      ),
      '',
      row(
        'commits, synced + noted',
        lines.map(({ ledger }) => `${ledger.synced.toFixed(1)}+${ledger.noted.toFixed(1)}`),
      ),
      row(
        'ms in them (longest)',
        lines.map(({ ledger }) => `${ledger.spent.toFixed(0)} (${ledger.longest.toFixed(0)})`),
      ),
      row(
        'command lines',
        lines.map(({ commands }) => commands.toFixed(0)),
      ),
      row(
        'CPU of the station, ms',
        lines.map(({ cpu }) => cpu.toFixed(0)),
      ),
    ],
  };
}

function portsOf({ plan: { ports } }: LineResult): string {
  return ports === 1 ? '1 port' : `${ports} ports`;
}

function rate(name: string, { ratio, unitsPerHour, idealPerHour }: LineResult): string {
  const label = name.padEnd(WIDTH);
  return `${label} ${ratio.toFixed(2).padStart(5)} ${unitsPerHour.toFixed(0).padStart(8)} ${idealPerHour.toFixed(0).padStart(8)}`;
}

function row(name: string, values: readonly string[]): string {
  return name.padEnd(WIDTH) + values.map((value) => value.padStart(10)).join('');
}

function sum(added: Added): number {
  return Object.values(added).reduce((total, ms) => total + ms, 0);
}
