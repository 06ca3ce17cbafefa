import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePorts } from './free-port.js';
import { run, start, stop, temporaryFolder, untilSaid } from './processes.js';

/** The scripts in `/usr/sbin` change the user: these run as we are. */
const SERVER = '/usr/lib/rabbitmq/bin/rabbitmq-server';

/** Whether Debian's RabbitMQ is installed. */
export const hasRabbitmq = existsSync(SERVER);

/** Someone who may log in; the patterns are for topics whose levels are separated by `.`. */
export interface RabbitmqAccount {
  readonly username: string;
  readonly password: string;
  readonly write: string;
  readonly read: string;
}

export interface RabbitmqSetup {
  readonly accounts: readonly RabbitmqAccount[];
  /** As whom a client without user name is treated; by default it is turned away. */
  readonly anonymous?: RabbitmqAccount;
  /** Files for a port with TLS. */
  readonly tls?: { readonly ca: string; readonly cert: string; readonly key: string };
  /** Whether there is a port for MQTT over WebSocket, whatever the path. */
  readonly webSocket?: boolean;
}

/** Ports on 127.0.0.1; nobody listens on those that were not asked for. */
export interface Rabbitmq {
  readonly version: string;
  readonly port: number;
  readonly tlsPort: number;
  readonly webSocketPort: number;
  stop(): Promise<void>;
}

/** ms until it must be up: some ten seconds on an idle machine. */
export const RABBITMQ_LIMIT = 240_000;

/** A node of its own, with its own name, ports and folders, all on the loopback, ready when this resolves. */
export async function startRabbitmq(setup: RabbitmqSetup): Promise<Rabbitmq> {
  const folder = await temporaryFolder();
  const [port = 0, tlsPort = 0, webSocketPort = 0, amqp = 0, distribution = 0, names = 0] =
    await freePorts(6);
  const ports = { port, tlsPort, webSocketPort };
  await writeFile(join(folder, 'definitions.json'), JSON.stringify(definitions(setup)));
  await writeFile(join(folder, 'plugins'), '[rabbitmq_mqtt, rabbitmq_web_mqtt].\n');
  const settings = [
    `listeners.tcp.default = 127.0.0.1:${amqp}`,
    `load_definitions = ${join(folder, 'definitions.json')}`,
    'log.console = true',
    'log.file = false',
    ...doors(setup, ports),
  ];
  await writeFile(join(folder, 'rabbitmq.conf'), `${settings.join('\n')}\n`);
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: folder,
    // One that is ended while it starts leaves a dump where the tests run.
    ERL_CRASH_DUMP_BYTES: '0',
    RABBITMQ_NODENAME: `atmqtt${port}@localhost`,
    RABBITMQ_MNESIA_BASE: join(folder, 'mnesia'),
    RABBITMQ_LOG_BASE: join(folder, 'log'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'plugins'),
    RABBITMQ_CONFIG_FILE: join(folder, 'rabbitmq.conf'),
    RABBITMQ_DIST_PORT: String(distribution),
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1}',
    // The script then becomes the broker instead of starting it: whoever ends the one ends the other.
    RUNNING_UNDER_SYSTEMD: 'true',
    ERL_EPMD_PORT: String(names),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    ERL_FLAGS: '-start_epmd false',
  };
  // Erlang would leave a name server of its own behind, even when this one is ended while it starts.
  const nameServer = await start('epmd', ['-port', String(names), '-address', '127.0.0.1'], {
    stdio: 'ignore',
  });
  while ((await run('epmd', ['-port', String(names), '-names'])).code !== 0);
  const broker = await start(SERVER, [], { env });
  const end = async () => {
    await Promise.all([stop(broker, 'SIGKILL'), stop(nameServer, 'SIGKILL')]);
    await rm(folder, { recursive: true, force: true, maxRetries: 20 });
  };
  try {
    const log = await untilSaid(broker, 'Server startup complete', RABBITMQ_LIMIT - 30_000);
    return { ...ports, version: /RabbitMQ ([\d.]+)/.exec(log)?.[1] ?? '?', stop: end };
  } catch (error) {
    await end();
    throw error;
  }
}

function doors(
  { anonymous, tls, webSocket = false }: RabbitmqSetup,
  { port, tlsPort, webSocketPort }: Omit<Rabbitmq, 'version' | 'stop'>,
): string[] {
  return [
    `mqtt.listeners.tcp.default = 127.0.0.1:${port}`,
    `mqtt.allow_anonymous = ${anonymous !== undefined}`,
    ...(anonymous === undefined
      ? []
      : [`mqtt.default_user = ${anonymous.username}`, `mqtt.default_pass = ${anonymous.password}`]),
    ...(tls === undefined
      ? []
      : [
          `mqtt.listeners.ssl.default = 127.0.0.1:${tlsPort}`,
          `ssl_options.cacertfile = ${tls.ca}`,
          `ssl_options.certfile = ${tls.cert}`,
          `ssl_options.keyfile = ${tls.key}`,
        ]),
    ...['web_mqtt.tcp.ip = 127.0.0.1', `web_mqtt.tcp.port = ${webSocketPort}`],
    ...(webSocket ? ['web_mqtt.ws_path = /[...]'] : []),
  ];
}

function definitions({ accounts, anonymous }: RabbitmqSetup): object {
  const all = anonymous === undefined ? accounts : [...accounts, anonymous];
  return {
    users: all.map(({ username, password }) => ({
      name: username,
      password_hash: hash(password),
      hashing_algorithm: 'rabbit_password_hashing_sha256',
      tags: '',
    })),
    vhosts: [{ name: '/' }],
    permissions: all.map(({ username }) => ({
      ...{ user: username, vhost: '/' },
      ...{ configure: '.*', write: '.*', read: '.*' },
    })),
    topic_permissions: all.map(({ username, write, read }) => ({
      ...{ user: username, vhost: '/', exchange: 'amq.topic' },
      ...{ write, read },
    })),
  };
}

function hash(password: string): string {
  const salt = randomBytes(4);
  return Buffer.concat([salt, createHash('sha256').update(salt).update(password).digest()]).toString(
    'base64',
  );
}
