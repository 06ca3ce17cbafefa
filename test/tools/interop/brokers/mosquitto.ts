import type { ChildProcess } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { freePorts } from '../../../helpers/free-port.js';
import { has, run, start, stop, temporaryFolder, untilSaid } from '../../../helpers/processes.js';
import { NotRun } from '../../shared/not-run.js';
import { inTools } from '../../shared/project.js';
import type { Cleanup } from '../harness/cleanup.js';
import { ACCOUNT, ADMIN, ALLOWED, type Broker, type Endpoint } from './broker.js';

/** Eclipse Mosquitto, one process with a listener for each door, and the guarded one beside it. */
export async function startMosquitto(cleanup: Cleanup): Promise<Broker> {
  if (!(await has('mosquitto', ['-h']))) throw new NotRun('mosquitto is not installed');
  const folder = await temporaryFolder();
  const [plain = 0, tls = 0, mutual = 0, ws = 0, guarded = 0] = await freePorts(5);
  const webSocket = await speaksWebSocket(folder, ws);
  await writeRules(folder);
  await launch(folder, 'open', [
    ...COMMON,
    'allow_anonymous true',
    `listener ${plain} 127.0.0.1`,
    ...secured(tls),
    ...secured(mutual),
    `cafile ${inTools('interop/tls/ca.pem')}`,
    'require_certificate true',
    ...(webSocket ? [`listener ${ws} 127.0.0.1`, 'protocol websockets'] : []),
  ]).then((broker) => cleanup.add(() => stop(broker)));
  await launch(folder, 'guarded', [
    ...COMMON,
    `listener ${guarded} 127.0.0.1`,
    'allow_anonymous false',
    `password_file ${join(folder, 'passwords')}`,
    `acl_file ${join(folder, 'acl')}`,
    'max_qos 1',
  ]).then((broker) => cleanup.add(() => stop(broker)));
  return {
    name: 'mosquitto',
    title: `Mosquitto ${await version()}`,
    lacks: {},
    doors: {
      plain: at(plain),
      tls: at(tls),
      mutual: at(mutual),
      ws: webSocket ? at(ws) : 'this package of Mosquitto is built without WebSocket',
      guarded: at(guarded),
    },
  };
}

/** ms until a broker must be up. */
const LIMIT = 30_000;

/** Its counters once a second; no limit for what waits for a client that is away. */
const COMMON = ['persistence false', 'sys_interval 1', 'max_queued_messages 0', 'set_tcp_nodelay true'];

/** Started as root it would become another user, who may not read our files. */
const SAME_USER = `user ${userInfo().username}`;

function at(port: number): Endpoint {
  return { host: '127.0.0.1', port };
}

function secured(port: number): string[] {
  return [
    `listener ${port} 127.0.0.1`,
    `certfile ${inTools('interop/tls/server.pem')}`,
    `keyfile ${inTools('interop/tls/server.key')}`,
  ];
}

async function writeRules(folder: string): Promise<void> {
  const passwords = join(folder, 'passwords');
  const lines = [ACCOUNT, ADMIN].map(({ username, password }) => `${username}:${password}\n`);
  await writeFile(passwords, lines.join(''));
  const { code, stderr } = await run('mosquitto_passwd', ['-U', passwords]);
  if (code !== 0) throw new Error(`mosquitto_passwd: ${stderr}`);
  await writeFile(
    join(folder, 'acl'),
    `user ${ACCOUNT.username}\ntopic readwrite ${ALLOWED}/#\nuser ${ADMIN.username}\ntopic readwrite #\n`,
  );
}

/** A package without WebSocket reads the line, and fails when it should listen. */
async function speaksWebSocket(folder: string, port: number): Promise<boolean> {
  try {
    await stop(await launch(folder, 'probe', [`listener ${port} 127.0.0.1`, 'protocol websockets']));
    return true;
  } catch {
    return false;
  }
}

/** Ready when this resolves; rejects with what it said if it ends. */
async function launch(folder: string, name: string, lines: readonly string[]): Promise<ChildProcess> {
  const config = join(folder, `${name}.conf`);
  await writeFile(config, `${[SAME_USER, ...lines].join('\n')}\n`);
  const broker = await start('mosquitto', ['-c', config], { stdio: ['ignore', 'ignore', 'pipe'] });
  await untilSaid(broker, ' running', LIMIT);
  return broker;
}

async function version(): Promise<string> {
  const { stdout } = await run('mosquitto', ['-h']);
  return /version ([\d.]+)/.exec(stdout)?.[1] ?? '?';
}
