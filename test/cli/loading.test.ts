import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { type Loads, loadsIn, TELLS_LOADS } from '../helpers/loads.js';
import { runCli, startCli } from './run-cli.js';
import { ordinaryClient, startWorld } from './world.js';

const folder = mkdtempSync(join(tmpdir(), 'atmqtt-loading-'));
const OUTBOX = join(folder, 'outbox.db');
const TRACE = join(folder, 'module.trace');
const LEDGER = join(folder, 'ledger.db');

afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the command to its end. */
async function loadsOf(args: readonly string[], exitCode = 0): Promise<Loads> {
  const { code, stderr } = await runCli(args, { environment: TELLS_LOADS });
  expect(code, stderr.replaceAll(/^loaded .*\n/gm, '')).toBe(exitCode);
  return loadsIn(stderr);
}

async function packagesOf(...args: string[]): Promise<readonly string[]> {
  return (await loadsOf(args)).packages;
}

const PUB = ['pub', '-t', 'up', '-m', '21.5', '-q', '1'];
/** The names of dialects and modules, which the options list; nothing is loaded with it. */
const NAMES = 'dialects/registry.ts';
const WITH_MODULE = ['@serialport/parser-readline', 'commander'];

it.each([[['--version']], [['--help']], [['pub', '--help']], [['help', 'sim']], [['provision', '--help']]])(
  'loads for %j no command, and what declares the commands alone',
  async (args) => {
    const { packages, modules } = await loadsOf(args);
    expect(packages).toEqual(['commander']);
    expect(modules).toContain('cli/program.ts');
    expect(modules.filter((file) => !file.startsWith('cli/'))).toEqual([NAMES]);
    expect(modules.filter((file) => /launch|usage|\/run\.ts$/.test(file))).toEqual([]);
  },
);

it('loads for a publish over TCP neither serial ports, nor a file, nor another command', async () => {
  const { to } = await startWorld();
  const { packages, modules } = await loadsOf([...PUB, ...to]);
  expect(packages).toEqual(WITH_MODULE);
  expect(modules).toContain('transport/server/tcp.ts');
  expect(modules).not.toContain('transport/serial.ts');
  expect(modules).not.toContain('client/outbox/outbox-file.ts');
  expect(modules.filter((file) => file.endsWith('/run.ts'))).toEqual(['cli/pub/run.ts']);
  expect(modules.filter((file) => file.startsWith('simulator/'))).toEqual([]);
});

it('loads a message that arrives with no package more', async () => {
  const { broker, to } = await startWorld();
  const far = await ordinaryClient(broker);
  await far.publishAsync('down', 'on', { retain: true });
  expect(await packagesOf('sub', ...to, '-t', 'down', '-C', '1')).toEqual(WITH_MODULE);
});

it('loads no package more for those that look at the module', async () => {
  const { modem, to } = await startWorld();
  expect(await packagesOf('info', '-p', modem.url)).toEqual(WITH_MODULE);
  expect(await packagesOf('console', '-p', modem.url)).toEqual(WITH_MODULE);
  expect(await packagesOf('doctor', ...to)).toEqual(WITH_MODULE);
});

it('loads no module and no client to decode a recording', async () => {
  const { stdout } = await runCli(['trace', 'fixtures/transcripts/echo-on.txt', '--from-transcript']);
  writeFileSync(TRACE, stdout);
  const { packages, modules } = await loadsOf(['trace', TRACE]);
  expect(packages).toEqual(WITH_MODULE);
  expect(modules.filter((file) => /^client\/|^modem\/modem|^transport\/open/.test(file))).toEqual([]);
});

it('loads the binding of serialport for those who ask for a serial port', async () => {
  const withPort = ['@serialport/bindings-cpp', ...WITH_MODULE];
  const missing = await loadsOf(['info', '-p', join(folder, 'ttyNONE')], 3);
  expect(missing.packages).toEqual(withPort);
  expect(missing.modules).not.toContain('transport/server/tcp.ts');
  expect(await packagesOf('ports')).toEqual(['@serialport/bindings-cpp', 'commander']);
});

it('loads SQLite for those who name a file, and no client to look into one', async () => {
  const { to } = await startWorld();
  expect(await packagesOf(...PUB, ...to, '--outbox', OUTBOX)).toEqual([...WITH_MODULE, 'libsql']);
  const { packages, modules } = await loadsOf(['outbox', OUTBOX, 'list']);
  expect(packages).toEqual(['commander', 'libsql']);
  expect(modules.filter((file) => /^(?:at|modem|dialects|transport)\//.test(file))).toEqual([NAMES]);
});

it('loads the reader of tables to import triples, not to count them', async () => {
  const ledger = ['--ledger', LEDGER];
  expect(await packagesOf('provision', 'import', 'fixtures/triples/console.csv', ...ledger)).toEqual([
    'commander',
    'csv-parse',
    'libsql',
  ]);
  expect(await packagesOf('provision', 'status', ...ledger)).toEqual(['commander', 'libsql']);
});

it('loads the embedded broker for those who name no other', async () => {
  const { broker } = await startWorld();
  const sim = ['sim', '--tcp', '127.0.0.1:0'];
  expect((await loadsOfServer([...sim, '--broker', broker.url])).packages).toEqual(['commander']);
  expect((await loadsOfServer(sim)).packages).toContain('aedes');
  expect(await packagesOf('info', '-p', `sim:?broker=${broker.url}`)).not.toContain('aedes');
  expect(await packagesOf('info', '-p', 'sim:')).toContain('aedes');
});

/** What has been loaded when the module is there. */
async function loadsOfServer(args: readonly string[]): Promise<Loads> {
  const running = startCli(args, TELLS_LOADS);
  await running.shows('stdout', /^module tcp:/m);
  running.process.kill('SIGINT');
  const { code, stderr } = await running.finished();
  expect(code).toBe(130);
  return loadsIn(stderr);
}
