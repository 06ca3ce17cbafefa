import { median } from '../../shared/statistics.js';
import { table } from '../../shared/table.js';
import type { Section } from '../section.js';
import { LOSS_NAMES, type Loss, type Recovered, recover } from './recoveries.js';

/** Of each loss, at the same time: they wait rather than work. */
const ROUNDS = 9;

export async function recoverySection(): Promise<Section> {
  const results = new Map<Loss, Recovered[]>();
  for (const loss of LOSS_NAMES) {
    results.set(loss, await Promise.all(Array.from({ length: ROUNDS }, () => recover(loss))));
  }
  return {
    ratios: {},
    data: { recovery: Object.fromEntries(results) },
    lines: [
      'Recovery, ms: from the loss to the first delivered publish',
      ...table(
        ['', 'total', 'module', 'added', 'of that waited', 'attempts'],
        [...results].map(([loss, runs]) => [loss, ...figures(runs)]),
      ),
    ],
  };
}

function figures(runs: readonly Recovered[]): string[] {
  const middle = (pick: (one: Recovered) => number) => median(runs.map(pick)).toFixed(0);
  return [
    middle(({ total }) => total),
    middle(({ own }) => own),
    middle(({ total, own }) => total - own),
    middle(({ waited }) => waited),
    middle(({ attempts }) => attempts),
  ];
}
