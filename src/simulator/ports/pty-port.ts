import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { lstat } from 'node:fs/promises';
import { Duplex } from 'node:stream';
import { ModemError } from '../../errors/modem-error.js';
import { delay } from '../../util/delay.js';
import type { OnConnection, Port } from './port.js';

/** Limit in ms for socat to make the pseudo-terminal; it takes 10 ms. */
const READY_LIMIT = 3_000;
const READY_INTERVAL = 5;

/** Seconds that socat stays after the end of its input; by default half a second, in which the link still stands. */
const LINGER = '0.01';

/**
 * Serves a pseudo-terminal through socat; `path` becomes a symbolic link to it. The TE may close and open it again
 * without the module noticing, as with a real port. Rejects with `PORT_FAILED`, `UNSUPPORTED` where socat is missing.
 */
export async function servePty(path: string, onConnection: OnConnection): Promise<Port> {
  const socat = spawn('socat', ['-t', LINGER, `PTY,raw,echo=0,link=${path}`, 'STDIO'], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const complaints: Buffer[] = [];
  socat.stderr.on('data', (text: Buffer) => complaints.push(text));
  const failure = new Promise<never>((_resolve, reject) => {
    socat.once('error', (cause: NodeJS.ErrnoException) => reject(spawnFailure(path, cause)));
    socat.once('exit', () => reject(portFailure(path, Buffer.concat(complaints).toString().trim())));
  });
  await Promise.race([failure, linkAppears(path, socat)]).catch((error: unknown) => {
    socat.kill();
    throw error;
  });
  // From here on an exit closes the stream, which is all that is to be told.
  failure.catch(() => {});
  const stream = Duplex.from({ readable: socat.stdout, writable: socat.stdin });
  onConnection(stream);
  return { url: path, close: () => stop(socat, stream) };
}

async function linkAppears(path: string, socat: ChildProcess): Promise<void> {
  for (let waited = 0; waited < READY_LIMIT && socat.exitCode === null; waited += READY_INTERVAL) {
    if ((await lstat(path).catch(() => undefined))?.isSymbolicLink()) return;
    await delay(READY_INTERVAL);
  }
  throw portFailure(path, 'socat did not make the pseudo-terminal');
}

/** The end of its input makes socat remove the link and leave: a clean unplug. */
async function stop(socat: ChildProcess, stream: Duplex): Promise<void> {
  if (socat.exitCode !== null || socat.signalCode !== null) return;
  const left = once(socat, 'exit');
  stream.destroy();
  socat.stdin?.destroy();
  await left;
}

function spawnFailure(path: string, cause: NodeJS.ErrnoException): ModemError {
  if (cause.code !== 'ENOENT') return portFailure(path, cause.message);
  return new ModemError('UNSUPPORTED', `pty:${path}: socat is missing: install it (apt install socat)`, {
    cause,
  });
}

function portFailure(path: string, why: string): ModemError {
  return new ModemError('PORT_FAILED', `pty:${path}: ${why}`);
}
