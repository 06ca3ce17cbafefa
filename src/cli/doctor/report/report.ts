import { styleText } from 'node:util';
import type { Output } from '../../output.js';
import type { Outcome } from '../finding.js';
import { outcomeRecord } from './record.js';
import type { Summary } from './summary.js';
import { outcomeLines, type Paint, skippedLines, summaryLines } from './text.js';

/** Where the steps are told as they go. */
export interface Report {
  /** A step has begun. */
  begins(title: string): void;
  outcome(outcome: Outcome): Promise<void>;
  summary(summary: Summary): Promise<void>;
}

export function jsonReport(output: Output): Report {
  return {
    begins: () => {},
    outcome: (outcome) => output.json(outcomeRecord(outcome)),
    summary: (summary) => output.json(summary),
  };
}

const COLOURS = { ok: 'green', warn: 'yellow', fail: 'red', skipped: 'dim' } as const;
const ERASE_LINE = '\r\x1b[2K';

/**
 * On a terminal with the step that is going on in the last line, and colours where they are wanted. Steps that were
 * skipped one after the other for the same reason are one line.
 */
export function textReport(output: Output, terminal: NodeJS.WriteStream): Report {
  const live = terminal.isTTY === true;
  const paint: Paint = (status, text) =>
    styleText(COLOURS[status], text, { validateStream: true, stream: terminal });
  const tell = async (lines: readonly string[]): Promise<void> => {
    await output.write(`${live ? ERASE_LINE : ''}${lines.join('\n')}\n`);
  };
  let skipped: Outcome[] = [];
  const flush = async (): Promise<void> => {
    const gathered = skipped;
    skipped = [];
    if (gathered.length > 0) await tell(skippedLines(gathered, paint));
  };
  return {
    begins: (title) => {
      if (live) void output.write(`${ERASE_LINE}${title} …`);
    },
    outcome: async (outcome) => {
      if (skipped[0] !== undefined && skipped[0].found !== outcome.found) await flush();
      if (outcome.status === 'skipped') skipped.push(outcome);
      else await tell(outcomeLines(outcome, paint));
    },
    summary: async (summary) => {
      await flush();
      await tell(summaryLines(summary, paint));
    },
  };
}
