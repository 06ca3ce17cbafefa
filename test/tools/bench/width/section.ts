import { spawnSync } from 'node:child_process';
import { inOwnProcess } from '../../shared/own-process.js';
import { table } from '../../shared/table.js';
import type { Section } from '../section.js';
import type { LoadPlan, LoadResult } from './load.js';
import { BAUD_RATE } from './modules.js';

const WIDTHS = [1, 8, 32, 128];
const WAYS = ['tcp', 'pty', 'memory'] as const;

interface Row extends LoadPlan, LoadResult {
  /** To so many times what one module does. */
  readonly ofIdeal: number;
  /** Resident bytes for each module beyond the first; NaN for one. */
  readonly perModule: number;
}

export async function widthSection(): Promise<Section> {
  const rows: Row[] = [];
  const hasPty = spawnSync('socat', ['-V']).status === 0;
  for (const over of WAYS) if (over !== 'pty' || hasPty) rows.push(...(await widths(over)));
  const widest = rows.filter(({ modules }) => modules === WIDTHS.at(-1));
  return {
    ratios: Object.fromEntries(
      widest.map(({ modules, over, ofIdeal }) => [`${modules} modules, ${over} / ideal`, ofIdeal]),
    ),
    data: { width: rows },
    lines: [
      `QoS 1, 256 bytes, modules at ${BAUD_RATE} baud; over memory they are in the same process`,
      ...(hasPty ? [] : ['pty: not run: socat is not installed']),
      ...table(
        ['', 'modules', 'per second', '/ ideal', 'CPU each', 'idle CPU', 'MB each', 'p99 result', 'loop p99'],
        rows.map(cells),
      ),
    ],
  };
}

async function widths(over: LoadPlan['over']): Promise<Row[]> {
  const results: { modules: number; result: LoadResult }[] = [];
  for (const modules of WIDTHS) {
    const plan: LoadPlan = { modules, over };
    const file = new URL('load.js', import.meta.url);
    results.push({ modules, result: await inOwnProcess<LoadResult>(file, plan, ['--expose-gc']) });
  }
  const one = results[0]?.result;
  return results.map(({ modules, result }) => ({
    ...{ over, modules, ...result },
    ofIdeal: result.perSecond / (modules * (one?.perSecond ?? Number.NaN)),
    perModule: (result.resident - (one?.resident ?? Number.NaN)) / (modules - 1),
  }));
}

function cells({ over, modules, perSecond, ofIdeal, cpu, idle, perModule, p99, loopDelay }: Row): string[] {
  return [
    ...[over, String(modules), perSecond.toFixed(1), ofIdeal.toFixed(3)],
    ...[`${cpu.toFixed(0)} µs`, `${(idle / 10_000).toFixed(1)} %`],
    ...[modules === 1 ? '-' : (perModule / 2 ** 20).toFixed(2)],
    ...[`${p99.toFixed(0)} ms`, `${loopDelay.toFixed(1)} ms`],
  ];
}
