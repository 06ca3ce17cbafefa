import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';
import { startBroker } from '../src/simulator/embedded-broker.js';
import { SimulatedModem } from '../src/simulator/simulated-modem.js';
import { type Loads, loadsIn, TELLS_LOADS } from './helpers/loads.js';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'atmqtt-loading-'));
const broker = await startBroker();
const modem = await SimulatedModem.start({ broker: broker.url, listen: 'tcp://127.0.0.1:0', seed: 1 });

afterAll(async () => {
  await modem.close();
  await broker.close();
  rmSync(folder, { recursive: true });
});

const PARSER = '@serialport/parser-readline';

/** What a program that uses the built package has loaded in the end. */
async function loadsOf(program: string): Promise<Loads> {
  const { stderr } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
    cwd: ROOT,
    env: { ...process.env, ...TELLS_LOADS },
  });
  return loadsIn(stderr);
}

/** A session over TCP, with more options if need be. */
function session(options = ''): string {
  return `import { connect } from 'atmqtt';
    const client = await connect('${modem.url}', { broker: 'mqtt://broker.example', ${options} });
    await client.publish('up', '21.5', { qos: 1 });
    await client.end();`;
}

it('loads one package with the library, and neither a kind of link nor the file of an outbox', async () => {
  const { packages, modules } = await loadsOf("import 'atmqtt'");
  expect(packages).toEqual([PARSER]);
  expect(modules).toContain('client/client.ts');
  expect(modules).not.toContain('transport/serial.ts');
  expect(modules).not.toContain('transport/server/tcp.ts');
  expect(modules).not.toContain('client/outbox/outbox-file.ts');
  expect(
    modules.filter((file) =>
      /^(?:cli|simulator|provisioning\/(?:ledger|books|triples|station))\//.test(file),
    ),
  ).toEqual([]);
});

it('loads no package more for a session over TCP, and SQLite for an outbox with a file', async () => {
  expect((await loadsOf(session())).packages).toEqual([PARSER]);
  const file = JSON.stringify(join(folder, 'outbox.db'));
  expect((await loadsOf(session(`outbox: { file: ${file} }`))).packages).toEqual([PARSER, 'libsql']);
});

it('loads the binding of serialport to list the serial ports', async () => {
  const { packages } = await loadsOf("import { listPorts } from 'atmqtt'; await listPorts();");
  expect(packages).toEqual(['@serialport/bindings-cpp', PARSER]);
});

it('loads neither a broker nor an MQTT client with the simulated module', async () => {
  expect((await loadsOf("import 'atmqtt/simulator'")).packages).toEqual([]);
});
