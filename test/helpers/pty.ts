import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duplex } from 'node:stream';

export interface Pty {
  /** The device that the driver opens. */
  readonly path: string;
  /** The module's side. */
  readonly stream: Duplex;
  /** Unplugs the device and removes everything; may be called again. */
  close(): Promise<void>;
}

/** Whether `openPty` works here. */
export const hasPty = spawnSync('socat', ['-V']).status === 0;

if (!hasPty) console.warn('SKIPPED: tests on pseudo-terminals need socat, which is not installed');

/** A pseudo-terminal with the module's side in our hands, held by socat. */
export async function openPty(): Promise<Pty> {
  const folder = await mkdtemp(join(tmpdir(), 'atmqtt-pty-'));
  const path = join(folder, 'ttyMODULE');
  const socat = spawn('socat', ['-d', '-d', `PTY,raw,echo=0,link=${path}`, 'STDIO']);
  await untilReady(socat);
  const stream = Duplex.from({ readable: socat.stdout, writable: socat.stdin });
  // The pipes break when the device is unplugged; that is what the tests are about.
  stream.on('error', () => {});
  socat.stdin.on('error', () => {});
  const exited = once(socat, 'exit');
  return {
    path,
    stream,
    async close() {
      socat.kill('SIGKILL');
      await exited;
      stream.destroy();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Resolves when the device exists: socat says so on stderr before it starts to copy. */
function untilReady(socat: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let log = '';
    socat.once('error', reject);
    socat.once('exit', (code) => reject(new Error(`socat ended with ${code}: ${log}`)));
    socat.stderr?.on('data', (text) => {
      log += text;
      if (log.includes('starting data transfer loop')) resolve();
    });
  });
}
