import { once } from 'node:events';
import { ModemError } from '../../errors/modem-error.js';
import { maskSecrets } from '../../errors/secrets.js';
import { type Mismatch, TracePlayer } from '../../simulator/from-trace/trace-player.js';
import { foldBytes } from '../../util/escape.js';
import type { Invocation } from '../invocation.js';
import type { SimOptions } from './command.js';
import { listenUrls } from './modules.js';

const OUTCOMES: Readonly<Record<Mismatch['outcome'], string>> = {
  answered: 'it gets the recorded answer',
  skipped: 'it stands a little further on, and what is before it is left out',
  refused: 'it gets ERROR',
};

/** Plays a recording until it is interrupted. Rejects with `INVALID_ARGUMENT` for options that a recording leaves no room for. */
export async function playTrace(
  file: string,
  options: SimOptions,
  { output, log, signal }: Invocation,
): Promise<void> {
  const { json = false, debug = false, speed, tracePort } = options;
  const [listen = ''] = listenUrls(options);
  checkAlone(options);
  const player = await TracePlayer.start(file, {
    listen,
    ...(speed === undefined ? {} : { speed }),
    ...(tracePort === undefined ? {} : { port: tracePort }),
  });
  try {
    player.on('mismatch', (mismatch) => log.note(mismatchText(file, mismatch)));
    player.on('ended', () => log.note(`the recording has ended, ${mismatchCount(player.mismatches.length)}`));
    if (debug) player.on('command', (text) => log.trace(`${player.url} ${foldBytes(maskSecrets(text))}`));
    const { url } = player;
    const { total } = player.progress;
    await (json
      ? output.json({ module: url, recording: file, commands: total })
      : output.line(`module ${url}  plays ${file}, ${total} commands and payloads`));
    if (!signal.aborted) await once(signal, 'abort');
  } finally {
    await player.close();
  }
}

/** A recording is one module, as it was. */
function checkAlone(options: SimOptions): void {
  const { count, fault, broker, latency, jitter, baud, cloud, cloudProduct } = options;
  const changed = [fault, broker, baud, cloud, cloudProduct].some((value) => value !== undefined);
  if (count === 1 && !changed && latency === 0 && jitter === 0) return;
  throw new ModemError(
    'INVALID_ARGUMENT',
    '--from-trace is one module, as it was: no --count, --fault, --broker, --latency, --jitter, --baud, --cloud',
  );
}

function mismatchText(file: string, { line, expected, received, outcome }: Mismatch): string {
  if (line === undefined)
    return `${file}: the recording has ended, but the TE wrote ${received}: ${OUTCOMES[outcome]}`;
  return `${file}, line ${line}: expected ${expected}, the TE wrote ${received}: ${OUTCOMES[outcome]}`;
}

function mismatchCount(count: number): string {
  if (count === 0) return 'everything came as expected';
  return count === 1 ? 'one line was another than expected' : `${count} lines were others than expected`;
}
