import { basename } from 'node:path';
import type { Invocation } from '../../invocation.js';
import { BoardView } from './board/board-view.js';
import type { RunOptions } from './command.js';
import type { Followed, Tally } from './follow.js';
import { JsonView } from './json-view.js';
import { PlainView, resultLine, summaryText } from './plain-view.js';
import { type RunView, SILENT, terminalBell } from './view.js';

/** The run, as its view tells it. */
interface RunFacts {
  readonly station: string;
  readonly operator: string;
  readonly ledger: string;
}

interface Run {
  readonly station: Pick<Followed, 'statuses' | 'totals'>;
  readonly tally: Tally;
}

/**
 * JSON if it is asked for; the board on a terminal; plain lines in a pipe, on a terminal that cannot hold a board, and
 * with `--debug`, whose lines would run through it. A plain view rings only on a terminal.
 */
export function makeView(
  options: Pick<RunOptions, 'json' | 'debug' | 'beep' | 'dryRun'>,
  facts: RunFacts,
  run: Run,
  { output, log, signal }: Pick<Invocation, 'output' | 'log' | 'signal'>,
  terminal: NodeJS.WriteStream,
): RunView {
  const { json = false, debug = false, beep = false, dryRun = false } = options;
  const { station, tally } = run;
  if (json) return new JsonView(output, tally);
  const bell = beep && terminal.isTTY ? terminalBell(terminal) : SILENT;
  if (debug || !canHoldBoard(terminal)) return new PlainView(output, log, tally, bell);
  const title = [
    `station ${facts.station}`,
    `operator ${facts.operator}`,
    `ledger ${basename(facts.ledger)}`,
    ...(dryRun ? ['DRY RUN: nothing is written'] : []),
  ];
  return new BoardView(terminal, {
    bell,
    summary: (totals, at) => [...lastResults(run), summaryText(totals, tally, at)].join('\n'),
    picture: () => {
      const now = Date.now();
      const { statuses, totals } = station;
      const { recent, failedUnits } = tally;
      return {
        title,
        statuses,
        totals,
        failedUnits,
        recent,
        rate: tally.rate(now),
        stopping: signal.aborted,
        now,
      };
    },
  });
}

/** What the board showed as finished: of the modules that may still be on their ports. */
function lastResults({ station, tally }: Run): string[] {
  const standing = new Set(station.statuses.map(({ result }) => result));
  return tally.recent.flatMap((recent) =>
    'result' in recent && standing.has(recent.result) ? [resultLine(recent.result, recent.at)] : [],
  );
}

/** Not without a cursor that moves, nor where nobody knows the size: some serial consoles say 0. */
function canHoldBoard({ isTTY, columns, rows }: NodeJS.WriteStream): boolean {
  return isTTY && process.env.TERM !== 'dumb' && columns > 0 && rows > 0;
}
