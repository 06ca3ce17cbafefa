import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { onAbort } from '../../util/abort.js';
import { settledWithin } from '../../util/settled-within.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Outcome } from './answer.js';
import type { ConsoleCore } from './console-core.js';
import { typedBytes } from './readable.js';

/** ms that a line waits for a port that is gone. */
const PORT_LIMIT = 30_000;

const CTRL_Z = Buffer.from([0x1a]);

const EXITS: Readonly<Record<Outcome, ExitCode>> = {
  done: EXIT.DONE,
  // What the module refuses is an answer; a script is what judges it.
  failed: EXIT.DONE,
  silent: EXIT.MODULE,
  'given-up': EXIT.FAILED,
  'no-port': EXIT.PORT,
};

/**
 * Runs lines as they come, each until it is answered; behind a prompt a line is the payload. Ends with the input, after
 * the last answer, or at `.quit`. Gives the exit code of the first line that got no answer.
 */
export async function runPipe(core: ConsoleCore, input: Readable, over: AbortSignal): Promise<ExitCode> {
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  const source = lines[Symbol.asyncIterator]();
  const forget = onAbort(over, () => {
    lines.close();
    core.giveUp();
  });
  let exitCode: ExitCode = EXIT.DONE;
  try {
    for (let next = await source.next(); !next.done && !over.aborted; next = await source.next()) {
      await settledWithin(core.context.session.whenOpen(over), PORT_LIMIT);
      const outcome = await runLine(core, next.value, source);
      if (exitCode === EXIT.DONE) exitCode = EXITS[outcome];
    }
  } finally {
    forget();
    lines.close();
  }
  return exitCode;
}

async function runLine(core: ConsoleCore, line: string, source: AsyncIterator<string>): Promise<Outcome> {
  let ended = false;
  const running = core.submit(line).finally(() => {
    ended = true;
  });
  for (;;) {
    await Promise.race([running, dataWanted(core, () => ended)]);
    if (ended) return running;
    const payload = await source.next();
    if (payload.done === true) {
      const { session, view } = core.context;
      view.note('the input ended where a payload is wanted', 'bad');
      if (session.connection !== 'raw' || !(await session.cancelData())) core.giveUp();
      return running;
    }
    await giveLine(core, typedBytes(payload.value, core.context.look.hex));
  }
}

/** Resolves when a payload is wanted, or when `over` says that the line is done. */
function dataWanted({ context: { session } }: ConsoleCore, over: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (session.data === undefined && !over()) return;
      session.off('state', look);
      resolve();
    };
    session.on('state', look);
    look();
  });
}

/** A line of the input as payload: all of it, at most what is wanted. */
async function giveLine({ context: { session, view } }: ConsoleCore, bytes: Buffer): Promise<void> {
  const { wanted, given } = session.data ?? { wanted: 0, given: 0 };
  if (wanted === undefined) {
    await session.giveData(bytes);
    await session.endData(CTRL_Z);
    return;
  }
  const room = wanted - given;
  if (bytes.length > room) view.note(`${bytes.length - room} bytes too many are left out`, 'bad');
  await session.giveData(bytes.subarray(0, room));
}
