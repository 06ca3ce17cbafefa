import { median } from '../../shared/statistics.js';
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
      '                     total  module  added   of that waited  attempts',
      ...[...results].map(([loss, runs]) => line(loss, runs)),
    ],
  };
}

function line(loss: Loss, runs: readonly Recovered[]): string {
  const middle = (pick: (one: Recovered) => number) => median(runs.map(pick)).toFixed(0);
  return [
    loss.padEnd(18),
    middle(({ total }) => total).padStart(7),
    middle(({ own }) => own).padStart(7),
    middle(({ total, own }) => total - own).padStart(6),
    middle(({ waited }) => waited).padStart(16),
    middle(({ attempts }) => attempts).padStart(9),
  ].join(' ');
}
