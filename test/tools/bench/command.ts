import type { Command } from 'commander';
import { jsonOption, oneOf } from '../shared/command-options.js';

export interface BenchOptions {
  readonly json?: true;
}

/** In the order in which they run. */
export const SECTION_NAMES = [
  'round-trip',
  'window',
  'wire',
  'width',
  'growth',
  'parsing',
  'start',
  'recovery',
  'outbox',
  'line',
] as const;

export type SectionName = (typeof SECTION_NAMES)[number];

export function declare(command: Command): void {
  command
    .argument('[section...]', `all, or some of ${SECTION_NAMES.join(', ')}`, oneOf(SECTION_NAMES))
    .addOption(jsonOption());
}
