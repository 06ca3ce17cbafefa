import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePorts } from './free-port.js';

const ENV = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` };

/** Whether ser2net is installed; where it listens is read from /proc. */
export const hasSer2net =
  process.platform === 'linux' && spawnSync('ser2net', ['-v'], { env: ENV }).error === undefined;

if (!hasSer2net)
  console.warn('SKIPPED: tests with a foreign serial server need ser2net, which is not installed');

export interface Connection {
  readonly accepter: 'tcp' | 'telnet,tcp' | 'telnet(rfc2217),tcp';
  readonly device: string;
  /** Lines of YAML below `options:`. */
  readonly options?: readonly string[];
}

export interface Ser2net {
  /** `host:port` of each connection, in the order given. */
  readonly addresses: readonly string[];
  stop(): Promise<void>;
}

/** Runs ser2net with these connections on free ports of this machine; it listens when this resolves. */
export async function startSer2net(connections: readonly Connection[]): Promise<Ser2net> {
  const folder = await mkdtemp(join(tmpdir(), 'atmqtt-ser2net-'));
  const ports = await freePorts(connections.length);
  const config = connections.map(({ accepter, device, options = [] }, index) =>
    [
      `connection: &port${index}`,
      `  accepter: ${accepter},127.0.0.1,${ports[index]}`,
      `  connector: serialdev,${device},115200n81,local`,
      ...(options.length === 0 ? [] : ['  options:', ...options.map((line) => `    ${line}`)]),
    ].join('\n'),
  );
  const file = join(folder, 'ser2net.yaml');
  await writeFile(file, `${config.join('\n')}\n`);
  const server = spawn('ser2net', ['-n', '-u', '-c', file, '-P', join(folder, 'pid')], {
    env: ENV,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaints = '';
  server.stderr.on('data', (text) => {
    complaints += text;
  });
  const exited = once(server, 'exit');
  while (!(await listening(ports))) {
    if (server.exitCode !== null) throw new Error(`ser2net ended with ${server.exitCode}: ${complaints}`);
    await sleep(5);
  }
  return {
    addresses: ports.map((port) => `127.0.0.1:${port}`),
    async stop() {
      server.kill();
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Whether somebody listens on each port; a connection would open the device. */
async function listening(ports: readonly number[]): Promise<boolean> {
  const table = await readFile('/proc/net/tcp', 'utf8');
  return ports.every((port) => {
    const hex = port.toString(16).toUpperCase().padStart(4, '0');
    return new RegExp(`:${hex} 00000000:0000 0A`).test(table);
  });
}
