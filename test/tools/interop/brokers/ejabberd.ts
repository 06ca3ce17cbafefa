import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePorts } from '../../../helpers/free-port.js';
import { ENV, start, stop, temporaryFolder, untilSaid } from '../../../helpers/processes.js';
import { NotRun } from '../../shared/not-run.js';
import { inTools } from '../../shared/project.js';
import type { Cleanup } from '../harness/cleanup.js';
import { ACCOUNT, ADMIN, ALLOWED, type Broker, type Endpoint, type Login } from './broker.js';

/** It changes the user, so the node is started without it; but it knows where the libraries are. */
const CONTROL = '/usr/sbin/ejabberdctl';

/** It lets nobody in without a password. */
const ANYONE: Login = { username: 'anyone', password: 'pass-of-anyone' };

/** Under the names that its rules use. */
const ACCOUNTS = Object.entries({ meter: ACCOUNT, admin: ADMIN, anyone: ANYONE });

/** Said after it has started. */
const READY = 'all accounts known';

/** ms until a node must be up: some three seconds on an idle machine. */
const LIMIT = 120_000;

/** Debian's ejabberd with nothing but its MQTT module: one node, whose plain door is the guarded one as well. */
export async function startEjabberd(cleanup: Cleanup, control = CONTROL): Promise<Broker> {
  if (!existsSync(control)) throw new NotRun('ejabberd is not installed (Debian package: ejabberd)');
  const libraries = librariesOf(await readFile(control, 'utf8'));
  const [plain = 0, tls = 0, ws = 0] = await freePorts(3);
  const folder = await prepare([
    { ...at(plain), module: 'mod_mqtt' },
    { ...at(tls), module: 'mod_mqtt', tls: true },
    { ...at(ws), module: 'ejabberd_http', request_handlers: { '/': 'mod_mqtt' } },
  ]);
  cleanup.add(() => rm(folder, { recursive: true, force: true, maxRetries: 20 }));
  const version = await launch(libraries, folder, cleanup);
  return {
    name: 'ejabberd',
    title: `ejabberd ${version}`,
    // Measured with MQTT.js.
    lacks: {
      sys: 'ejabberd has no `$SYS` topics',
      dollarTopics: 'ejabberd acknowledges topics that begin with `$` and delivers them to nobody',
      mqtt31: 'ejabberd answers CONNECT of MQTT 3.1 with "unacceptable protocol version", to any client',
    },
    doors: {
      plain: { ...at(plain), login: ANYONE },
      tls: { ...at(tls), login: ANYONE },
      mutual: 'ejabberd lets in who has no certificate, also with `tls_verify`',
      ws: { ...at(ws), login: ANYONE },
      guarded: at(plain),
    },
  };
}

/** Where Debian keeps the libraries of Erlang that ejabberd needs, as its own script has it. */
export function librariesOf(control: string): string {
  const [, path] = /^ERL_LIBS='([^']+)'/m.exec(control) ?? [];
  if (path === undefined) throw new Error(`${CONTROL} does not say where its libraries are`);
  return path;
}

const EVERYWHERE = [{ allow: 'admin' }, { allow: 'anyone' }];

/** The first filter that matches counts; what begins with `$` matches none of the others. */
const RULES = {
  [`${ALLOWED}/#`]: [{ allow: 'meter' }, ...EVERYWHERE],
  ...{ '#': EVERYWHERE, '$local/#': EVERYWHERE, '$queue/#': EVERYWHERE },
};

function at(port: number): Endpoint {
  return { host: '127.0.0.1', port };
}

/** A folder with the configuration of a node; YAML takes JSON. */
async function prepare(doors: readonly (Endpoint & Record<string, unknown>)[]): Promise<string> {
  const folder = await temporaryFolder();
  const certificate = join(folder, 'server.pem');
  const parts = ['tls/server.pem', 'tls/server.key'].map((name) =>
    readFile(inTools(`interop/${name}`), 'utf8'),
  );
  await writeFile(certificate, (await Promise.all(parts)).join(''));
  await mkdir(join(folder, 'spool'));
  const settings = {
    hosts: ['localhost'],
    certfiles: [certificate],
    listen: doors.map(({ host, ...door }) => ({ ...door, ip: host })),
    auth_method: ['internal'],
    acl: Object.fromEntries(ACCOUNTS.map(([name, { username }]) => [name, { user: [username] }])),
    modules: { mod_mqtt: { access_publish: RULES, access_subscribe: RULES } },
  };
  await writeFile(join(folder, 'ejabberd.yml'), JSON.stringify(settings));
  return folder;
}

/** Starts a node that is in no cluster, so that it needs no name server; resolves with its version when it is up. */
async function launch(libraries: string, folder: string, cleanup: Cleanup): Promise<string> {
  const pairs = ACCOUNTS.map(([, { username, password }]) => `{<<"${username}">>,<<"${password}">>}`);
  const script = [
    `[ok = ejabberd_auth:try_register(U, <<"localhost">>, P) || {U, P} <- [${pairs}]]`,
    `io:format("${READY}~n").`,
  ].join(', ');
  const node = await start(
    'erl',
    [
      ...['-noinput', '-mnesia', 'dir', JSON.stringify(join(folder, 'spool'))],
      ...['-s', 'ejabberd', '-eval', script],
    ],
    {
      cwd: folder,
      env: {
        ...ENV,
        HOME: folder,
        ERL_LIBS: libraries,
        ERL_CRASH_DUMP_BYTES: '0',
        EJABBERD_CONFIG_PATH: join(folder, 'ejabberd.yml'),
        EJABBERD_LOG_PATH: join(folder, 'ejabberd.log'),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  cleanup.add(() => stop(node, 'SIGKILL'));
  return versionOf(await untilSaid(node, READY, LIMIT));
}

/** As it says when it has started. */
export function versionOf(log: string): string {
  return /\bejabberd (\S+) is started\b/.exec(log)?.[1] ?? '?';
}
