import { table } from '../../shared/table.js';
import type { Section } from '../section.js';
import { idealRate, overSlowRadio, type SlowRadioPlan, type SlowRadioResult } from './slow-radio.js';

const RADIO = { roundTrip: 500, jitter: 1000 };
const WINDOWS = [1, 4, 8, 16];

/** The adaptive window begins at its maximum and finds what the module takes. */
const ADAPTIVE = { maxInflight: 16, moduleLimit: 5 };

/** Modules of each kind at the same time: jitter evens out. */
const MODULES = 6;

interface Row {
  readonly name: string;
  readonly perSecond: number;
  readonly ideal: number;
  readonly results: readonly SlowRadioResult[];
}

export async function windowSection(): Promise<Section> {
  const rows = await Promise.all([
    ...WINDOWS.map((width) => row(String(width), width, { maxInflight: width })),
    row(`adaptive, module takes ${ADAPTIVE.moduleLimit}`, ADAPTIVE.moduleLimit, ADAPTIVE),
  ]);
  const one = rows[0]?.perSecond ?? Number.NaN;
  const adaptive = rows.at(-1)?.results ?? [];
  return {
    ratios: Object.fromEntries(
      rows.map(({ name, perSecond, ideal }) => [`window ${name} / ideal`, perSecond / ideal]),
    ),
    data: { slowRadio: rows },
    lines: [
      `QoS 1, 256 bytes, round trip of ${RADIO.roundTrip} to ${RADIO.roundTrip + RADIO.jitter} ms`,
      ...table(
        ['window', 'per second', '/ window 1', '/ ideal', 'in order'],
        rows.map((each) => cells(each, one)),
      ),
      `adaptive: width after 20 results ${adaptive.map(({ widthAfter20 }) => widthAfter20).join(' ')}; refused ${adaptive.map(({ refused }) => refused).join(' ')} times`,
    ],
  };
}

async function row(name: string, width: number, plan: Omit<SlowRadioPlan, 'radio'>): Promise<Row> {
  const runs = Array.from({ length: MODULES }, () => overSlowRadio({ ...plan, radio: RADIO }));
  const results = await Promise.all(runs);
  const perSecond = results.reduce((sum, result) => sum + result.perSecond, 0) / results.length;
  return { name, perSecond, ideal: idealRate(width, RADIO), results };
}

function cells({ name, perSecond, ideal, results }: Row, one: number): string[] {
  const ordered = results.every(({ inOrder }) => inOrder) ? 'yes' : 'NO';
  return [name, perSecond.toFixed(2), (perSecond / one).toFixed(2), (perSecond / ideal).toFixed(3), ordered];
}
