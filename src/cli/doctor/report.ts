import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Output } from '../output.js';
import { harmless, type Paint, painter } from '../terminal.js';
import type { Outcome } from './finding.js';

/** Where the steps are told as they go. */
interface Report {
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
  const paint = painter(COLOURS, terminal);
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

/** A step as `--json` prints it. */
function outcomeRecord({ step, status, found, facts, advice, exitCode, ms }: Outcome): object {
  const { causes, next } = advice;
  return { step, status, found, facts, causes, next, ms, ...(exitCode === EXIT.DONE ? {} : { exitCode }) };
}

type Status = Outcome['status'];

const WORDS: Readonly<Record<Status, string>> = { ok: 'ok', warn: 'WARN', fail: 'FAIL', skipped: 'skip' };

/** As long as the longest title, and two spaces. */
const TITLE_WIDTH = 16;
const STATUS_WIDTH = 6;
const INDENT = ' '.repeat(TITLE_WIDTH + STATUS_WIDTH);

/** A step for people: one line, and below it what may be wrong and what to do. */
function outcomeLines({ title, status, found, advice }: Outcome, paint: Paint<Status>): string[] {
  const { causes, next } = advice;
  const head = `${title.padEnd(TITLE_WIDTH)}${paint(status, WORDS[status].padEnd(STATUS_WIDTH))}`;
  const most = causes.length > 1 ? ', the most likely first' : '';
  return [
    `${head}${harmless(found)}`,
    ...(causes.length === 0 ? [] : [`${INDENT}why${most}:`]),
    ...causes.map((cause, index) => `${INDENT}${index + 1}. ${harmless(cause)}`),
    ...(next.length === 0 ? [] : [`${INDENT}what to do:`]),
    ...next.map((action) => `${INDENT}- ${harmless(action)}`),
  ];
}

/** Steps that were skipped for the same reason, at least one. */
function skippedLines(outcomes: readonly Outcome[], paint: Paint<Status>): string[] {
  const titles = outcomes.map(({ title }) => title).join(', ');
  const head = ''.padEnd(TITLE_WIDTH) + paint('skipped', WORDS.skipped.padEnd(STATUS_WIDTH));
  return [`${head}${titles} (${outcomes[0]?.found ?? ''})`];
}

function summaryLines({ status, summary }: Summary, paint: Paint<Status>): string[] {
  return ['', paint(status, harmless(summary))];
}

interface Summary {
  readonly status: 'ok' | 'warn' | 'fail';
  /** One sentence: the cause and the next thing to do. */
  readonly summary: string;
  /** The first step that failed, else the first one with a warning, else null. */
  readonly step: string | null;
  readonly exitCode: ExitCode;
}

/** What all of it comes to: the first failure decides. `toBroker`: whether a broker was given. */
export function summaryOf(outcomes: readonly Outcome[], toBroker: boolean): Summary {
  const failed = outcomes.find(({ status }) => status === 'fail');
  if (failed !== undefined) {
    const { step, exitCode } = failed;
    return { status: 'fail', summary: sentence(failed), step, exitCode };
  }
  const rest = toBroker ? '' : '; the way to the broker was not tried: give one with -b mqtt://host:port';
  const doubtful = outcomes.filter(({ status }) => status === 'warn');
  const [first] = doubtful;
  if (first === undefined) {
    const summary = toBroker
      ? `everything works, from the port to the broker${isBack(outcomes) ? ' and back' : '; whether messages come back was not tried'}`
      : `everything works as far as the network${rest}`;
    return { status: 'ok', summary, step: null, exitCode: EXIT.DONE };
  }
  const summary = `it works, with ${doubtful.length === 1 ? 'a warning' : `${doubtful.length} warnings`}: ${sentence(first)}${rest}`;
  return { status: 'warn', summary, step: first.step, exitCode: EXIT.DONE };
}

/** Whether the message to itself has returned. */
function isBack(outcomes: readonly Outcome[]): boolean {
  return outcomes.some(({ step, status }) => step === 'publish' && status === 'ok');
}

function sentence({ title, found, advice }: Outcome): string {
  const [cause] = advice.causes;
  const [next] = advice.next;
  const why = cause === undefined ? '' : `; most likely: ${cause}`;
  return `${title}: ${found}${why}${next === undefined ? '' : `; next: ${next}`}`;
}
