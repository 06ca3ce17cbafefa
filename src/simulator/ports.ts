import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { lstat } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { checkInteger } from '../at/checks.js';
import { ArgumentError } from '../errors/kinds.js';
import { ModemError } from '../errors/modem-error.js';
import { listenMemory } from '../transport/memory.js';
import { delay } from '../util/delay.js';

/** Why a server cannot listen, and what to do. */
export function listenFailure(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE')
    return 'another program listens there already: choose another port, or 0 for a free one';
  if (code === 'EACCES') return 'this user may not listen there: choose a port from 1024';
  if (code === 'EADDRNOTAVAIL') return 'this machine does not have that address';
  return `cannot listen there: ${message}`;
}

/** Where TEs reach a simulated module. */
export interface Port {
  /** What a driver opens: `memory:name`, `tcp://host:port`, or the path of a pseudo-terminal. */
  readonly url: string;
  /** Stops serving and closes the open streams. */
  close(): Promise<void>;
}

type OnConnection = (stream: Duplex) => void;

let served = 0;

/** Serves `memory:<name>` within this process; an empty name is replaced by a fresh one. */
function serveMemory(name: string, onConnection: OnConnection): Port {
  const unique = name === '' ? freshName() : name;
  const stop = listenMemory(unique, onConnection);
  return { url: `memory:${unique}`, close: async () => stop() };
}

function freshName(): string {
  served += 1;
  return `simulated-modem-${served}`;
}

/** Serves a raw TCP serial server, as ser2net does; port 0 is replaced by a free one. Rejects with `PORT_FAILED`. */
async function serveTcp(host: string, port: number, onConnection: OnConnection): Promise<Port> {
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    onConnection(socket);
  });
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (cause) {
    throw new ModemError('PORT_FAILED', `tcp://${host}:${port}: ${listenFailure(cause)}`, { cause });
  }
  const address = server.address() as AddressInfo;
  return {
    url: `tcp://${host}:${address.port}`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** Limit in ms for socat to make the pseudo-terminal; it takes 10 ms. */
const READY_LIMIT = 3_000;
const READY_INTERVAL = 5;

/** Seconds that socat stays after the end of its input; by default half a second, in which the link still stands. */
const LINGER = '0.01';

/**
 * Serves a pseudo-terminal through socat; `path` becomes a symbolic link to it. The TE may close and open it again
 * without the module noticing, as with a real port. Rejects with `PORT_FAILED`, `UNSUPPORTED` where socat is missing.
 */
async function servePty(path: string, onConnection: OnConnection): Promise<Port> {
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

/**
 * Serves `memory:` (a fresh name), `memory:name`, `tcp://host:port` (0 is a free port) or `pty:/path/of/link`. Rejects
 * with an `ArgumentError` for anything else.
 */
export async function servePort(listen: string, onConnection: OnConnection): Promise<Port> {
  const [scheme, rest] = splitScheme(listen);
  if (scheme === 'memory') return serveMemory(rest, onConnection);
  if (scheme === 'pty' && rest.startsWith('/')) return servePty(rest, onConnection);
  if (scheme === 'tcp' && URL.canParse(listen)) {
    const { hostname, port } = new URL(listen);
    const host = hostname.replace(/^\[|\]$/g, '');
    return serveTcp(host, checkInteger('listen', Number(port || 'none'), 0, 65535), onConnection);
  }
  throw new ArgumentError(
    'listen',
    JSON.stringify(listen),
    'memory:, memory:name, tcp://host:port or pty:/path',
  );
}

function splitScheme(listen: unknown): [string, string] {
  const match = typeof listen === 'string' ? /^([a-z]+):(.*)$/.exec(listen) : null;
  return [match?.[1] ?? '', match?.[2] ?? ''];
}
