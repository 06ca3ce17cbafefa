import { readFile, writeFile } from 'node:fs/promises';
import { inTools } from '../../shared/project.js';
import type { Outcome } from '../harness/verdict.js';
import { type Cell, keyOf } from './matrix.js';

/** The outcome of each cell when it was last accepted. */
export type Expected = Readonly<Record<string, Outcome>>;

const FILE = inTools('interop/expected.json');

/** What was accepted so far. Rejects if the file is missing or unreadable: a run that compares nothing proves nothing. */
export async function readExpected(): Promise<Expected> {
  return JSON.parse(await readFile(FILE, 'utf8')) as Expected;
}

export async function writeExpected(cells: readonly Cell[]): Promise<void> {
  const sorted = cells.map((cell) => [keyOf(cell), cell.outcome] as const);
  await writeFile(FILE, `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`);
}

/** Cells that were fine before and are not any more, and those that fail. One line each. */
export function regressions(expected: Expected, cells: readonly Cell[]): string[] {
  return cells
    .filter((cell) => cell.outcome === 'fail' || (wasFine(expected[keyOf(cell)]) && !wasFine(cell.outcome)))
    .map((cell) => `${keyOf(cell)}: ${expected[keyOf(cell)] ?? 'new'} → ${cell.outcome}: ${cell.note}`);
}

/** Cells that the stored result has and this run should have had. */
export function missing(expected: Expected, cells: readonly Cell[]): string[] {
  const present = new Set(cells.map(keyOf));
  return Object.keys(expected).filter((key) => !present.has(key));
}

function wasFine(outcome: Outcome | undefined): boolean {
  return outcome === 'ok' || outcome === 'not visible';
}
