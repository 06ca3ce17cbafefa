import type { Outcome } from '../finding.js';
import { escapeControls } from './escape-controls.js';
import type { Summary } from './summary.js';

type Status = Outcome['status'];

/** Puts a colour on a text, or leaves it. */
export type Paint = (status: Status, text: string) => string;

const WORDS: Readonly<Record<Status, string>> = { ok: 'ok', warn: 'WARN', fail: 'FAIL', skipped: 'skip' };

/** As long as the longest title, and two spaces. */
const TITLE_WIDTH = 16;
const STATUS_WIDTH = 6;
const INDENT = ' '.repeat(TITLE_WIDTH + STATUS_WIDTH);

/** A step for people: one line, and below it what may be wrong and what to do. */
export function outcomeLines({ title, status, found, advice }: Outcome, paint: Paint): string[] {
  const { causes, next } = advice;
  const head = `${title.padEnd(TITLE_WIDTH)}${paint(status, WORDS[status].padEnd(STATUS_WIDTH))}`;
  const most = causes.length > 1 ? ', the most likely first' : '';
  return [
    `${head}${escapeControls(found)}`,
    ...(causes.length === 0 ? [] : [`${INDENT}why${most}:`]),
    ...causes.map((cause, index) => `${INDENT}${index + 1}. ${escapeControls(cause)}`),
    ...(next.length === 0 ? [] : [`${INDENT}what to do:`]),
    ...next.map((action) => `${INDENT}- ${escapeControls(action)}`),
  ];
}

/** Steps that were skipped for the same reason, at least one. */
export function skippedLines(outcomes: readonly Outcome[], paint: Paint): string[] {
  const titles = outcomes.map(({ title }) => title).join(', ');
  const head = ''.padEnd(TITLE_WIDTH) + paint('skipped', WORDS.skipped.padEnd(STATUS_WIDTH));
  return [`${head}${titles} (${outcomes[0]?.found ?? ''})`];
}

export function summaryLines({ status, summary }: Summary, paint: Paint): string[] {
  return ['', paint(status, escapeControls(summary))];
}
