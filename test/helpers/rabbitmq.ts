import { spawn, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.js';

/** The scripts in `/usr/sbin` change the user: these run as we are. */
const SERVER = '/usr/lib/rabbitmq/bin/rabbitmq-server';

/** Whether Debian's RabbitMQ is installed. */
export const hasRabbitmq = existsSync(SERVER);

if (!hasRabbitmq) console.warn('SKIPPED: tests with RabbitMQ need rabbitmq-server');

export interface Rabbitmq {
  /** As the user `meter`, who may write topics that begin with `up`, and read those that begin with `down`. */
  readonly url: string;
  readonly username: string;
  readonly password: string;
  stop(): Promise<void>;
}

/** ms until it must be up: some ten seconds on an idle machine. */
export const RABBITMQ_LIMIT = 240_000;

const PASSWORD = 'secret';

/** A node of its own, with its own name, ports and folders, all on the loopback, ready when this resolves. */
export async function startRabbitmq(): Promise<Rabbitmq> {
  const folder = await mkdtemp(join(tmpdir(), 'atmqtt-rabbitmq-'));
  const [amqp, mqtt, distribution, epmd] = await Promise.all([
    freePort(),
    freePort(),
    freePort(),
    freePort(),
  ]);
  await writeFile(join(folder, 'definitions.json'), JSON.stringify(definitions()));
  await writeFile(join(folder, 'plugins'), '[rabbitmq_mqtt].\n');
  const settings = [
    `listeners.tcp.default = 127.0.0.1:${amqp}`,
    `mqtt.listeners.tcp.default = 127.0.0.1:${mqtt}`,
    `load_definitions = ${join(folder, 'definitions.json')}`,
    'log.console = true',
    'log.file = false',
  ];
  await writeFile(join(folder, 'rabbitmq.conf'), `${settings.join('\n')}\n`);
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: folder,
    RABBITMQ_NODENAME: `atmqtt${mqtt}@localhost`,
    RABBITMQ_MNESIA_BASE: join(folder, 'mnesia'),
    RABBITMQ_LOG_BASE: join(folder, 'log'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'plugins'),
    RABBITMQ_CONFIG_FILE: join(folder, 'rabbitmq.conf'),
    RABBITMQ_DIST_PORT: String(distribution),
    ERL_EPMD_PORT: String(epmd),
    ERL_EPMD_ADDRESS: '127.0.0.1',
  };
  const broker = spawn(SERVER, { env });
  const exited = once(broker, 'exit');
  const stop = async () => {
    broker.kill();
    await exited;
    // The name server of Erlang stays behind.
    spawnSync('epmd', ['-port', String(epmd), '-kill']);
    await rm(folder, { recursive: true, force: true });
  };
  const log: string[] = [];
  const up = new Promise<void>((resolve) => {
    broker.stdout.on('data', (text) => {
      log.push(String(text));
      if (log.join('').includes('Server startup complete')) resolve();
    });
  });
  broker.stderr.on('data', (text) => log.push(String(text)));
  const limit = AbortSignal.timeout(RABBITMQ_LIMIT - 30_000);
  const failed = Promise.race([exited, once(limit, 'abort')]).then(() => {
    throw new Error(`RabbitMQ did not start:\n${log.join('').slice(-2000)}`);
  });
  failed.catch(() => {});
  try {
    await Promise.race([up, failed]);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `mqtt://127.0.0.1:${mqtt}`, username: 'meter', password: PASSWORD, stop };
}

function definitions(): object {
  const salt = randomBytes(4);
  const digest = createHash('sha256').update(salt).update(PASSWORD).digest();
  const user = 'meter';
  return {
    users: [
      {
        name: user,
        password_hash: Buffer.concat([salt, digest]).toString('base64'),
        hashing_algorithm: 'rabbit_password_hashing_sha256',
        tags: '',
      },
    ],
    vhosts: [{ name: '/' }],
    permissions: [{ user, vhost: '/', configure: '.*', write: '.*', read: '.*' }],
    topic_permissions: [{ user, vhost: '/', exchange: 'amq.topic', write: '^up', read: '^down' }],
  };
}
