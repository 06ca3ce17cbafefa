import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.js';

const ENV = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` };

/** Whether broker and clients of Eclipse Mosquitto are installed. */
export const hasMosquitto =
  spawnSync('mosquitto', ['-h'], { env: ENV }).error === undefined &&
  spawnSync('mosquitto_pub', ['--help']).error === undefined;

if (!hasMosquitto) console.warn('SKIPPED: tests with a foreign broker need mosquitto and its clients');

export interface Mosquitto {
  readonly port: number;
  readonly url: string;
  /** Resolves when the broker logs the text, from now on. */
  logs(text: string): Promise<void>;
  stop(): Promise<void>;
}

/**
 * A Mosquitto broker on a free port, ready when this resolves; `acl` are its access rules, `config` further lines of its
 * configuration, by default none.
 */
export async function startMosquitto({ anonymous = true, acl = '', config = '' } = {}): Promise<Mosquitto> {
  const folder = await mkdtemp(join(tmpdir(), 'atmqtt-mosquitto-'));
  const port = await freePort();
  const rules = acl === '' ? '' : `acl_file ${join(folder, 'acl')}\n`;
  const lines = `listener ${port} 127.0.0.1\nallow_anonymous ${anonymous}\n${rules}${config}\n`;
  await writeFile(join(folder, 'conf'), lines);
  // Mosquitto gives up the rights of root, and reads the rules after that.
  await writeFile(join(folder, 'acl'), `${acl}\n`, { mode: 0o644 });
  await chmod(folder, 0o755);
  const broker = spawn('mosquitto', ['-v', '-c', join(folder, 'conf')], { env: ENV });
  const exited = once(broker, 'exit');
  await Promise.race([
    until(broker.stderr, 'running'),
    exited.then(([code]) => Promise.reject(new Error(`mosquitto ended with ${code}`))),
  ]);
  return {
    port,
    url: `mqtt://127.0.0.1:${port}`,
    logs: (text) => until(broker.stderr, text),
    async stop() {
      broker.kill();
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Runs `mosquitto_pub`; resolves when it has ended well. */
export async function mosquittoPub(port: number, args: readonly string[], input?: Buffer): Promise<void> {
  const pub = spawn('mosquitto_pub', ['-p', String(port), ...args], {
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  pub.stdin?.end(input);
  const [code] = await once(pub, 'exit');
  if (code !== 0) throw new Error(`mosquitto_pub ended with ${code}`);
}

/** Starts `mosquitto_sub`, subscribed when this resolves; its output comes once it has ended by itself (`-C`). */
export async function mosquittoSub(
  broker: Mosquitto,
  args: readonly string[],
): Promise<{ readonly output: Promise<Buffer> }> {
  const subscribed = broker.logs('Sending SUBACK');
  const sub = spawn('mosquitto_sub', ['-p', String(broker.port), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const chunks: Buffer[] = [];
  sub.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  const output = once(sub, 'close').then(() => Buffer.concat(chunks));
  await subscribed;
  return { output };
}

function until(stream: NodeJS.ReadableStream, text: string): Promise<void> {
  return new Promise((resolve) => {
    let seen = '';
    const onData = (chunk: Buffer) => {
      seen += chunk;
      if (!seen.includes(text)) return;
      stream.off('data', onData);
      resolve();
    };
    stream.on('data', onData);
  });
}
