import { spawnSync } from 'node:child_process';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { freePorts } from '../helpers/free-port.js';
import { aBroker, aFolder, aModule, BROKER, Listener } from './far-side.js';
import { RunningExample } from './running-example.js';

const UNIT = new URL('gateway.service', import.meta.url);
const PASSWORD = 'hunter2-hunter2';

async function site() {
  const broker = await aBroker();
  const module = await aModule(broker.url);
  const folder = await aFolder();
  const sensor = join(folder, 'temp');
  await writeFile(sensor, '21500\n');
  const start = () =>
    new RunningExample('gateway.js', [], {
      ATMQTT_PORT: module.url,
      ATMQTT_BROKER: BROKER.replace('//', `//user:${PASSWORD}@`),
      GATEWAY_ID: 'site-7',
      SENSOR: sensor,
      INTERVAL: '0.05',
      STATE_DIRECTORY: folder,
    });
  return { module, sensor, start, there: await Listener.on(broker.url, 'up/#') };
}

/** The sensor shows another value; a file that is written in place is empty for a moment. */
async function shows(sensor: string, text: string): Promise<void> {
  await writeFile(`${sensor}.new`, text);
  await rename(`${sensor}.new`, sensor);
}

/** Until a reading with this value is among those that were heard. */
async function reading({ heard, client }: Listener, value: number): Promise<void> {
  while (!heard.some((one) => one.endsWith(`"value":${value}}`))) {
    await new Promise((next) => client.once('message', next));
  }
}

it('the gateway sends readings, tells the journal of an outage, and loses nothing to it or to a kill', async () => {
  const { module, sensor, start, there } = await site();
  const gateway = start();
  await reading(there, 21500);
  module.faults.on('broker-loss');
  await gateway.shows('stderr', /^<4>While the session was up: .* opens the session again/m);
  await shows(sensor, '22000');
  // About a second later: readings were taken and kept meanwhile.
  await gateway.shows('stderr', /\(attempt 2\)/);
  await shows(sensor, '23000');
  await gateway.kill();
  module.faults.off('broker-loss');
  const again = start();
  await again.shows('stderr', /^<5>started, [1-9]\d* messages left from the last run$/m);
  await reading(there, 23000);
  const values = there.heard.map((one) => Number(/"value":(\d+)/.exec(one)?.[1]));
  expect(new Set(values)).toEqual(new Set([21500, 22000, 23000]));
  expect(values).toEqual(values.toSorted((a, b) => a - b));
  expect(await again.terminate()).toBe(0);
  expect(gateway.stderr + again.stderr).not.toContain(PASSWORD);
});

it('the gateway starts before its module is there, and sends then what it has read meanwhile', async () => {
  const broker = await aBroker();
  const folder = await aFolder();
  const sensor = join(folder, 'temp');
  await writeFile(sensor, '19000\n');
  const [port] = await freePorts(1);
  const gateway = new RunningExample('gateway.js', [], {
    ATMQTT_PORT: `tcp://127.0.0.1:${port}`,
    ATMQTT_BROKER: BROKER,
    GATEWAY_ID: 'site-8',
    SENSOR: sensor,
    INTERVAL: '0.05',
    STATE_DIRECTORY: folder,
  });
  await gateway.shows('stderr', /^<5>started, 0 messages/m);
  await gateway.shows('stderr', /^<4>While opening the port: .*\(attempt 1\)/m);
  const there = await Listener.on(broker.url, 'up/#');
  await aModule(broker.url, { listen: `tcp://127.0.0.1:${port}` });
  await reading(there, 19000);
  await gateway.shows('stderr', /^<5>connected, [1-9]\d* messages wait$/m);
  expect(await gateway.terminate()).toBe(0);
});

const hasSystemd = spawnSync('systemd-analyze', ['--version']).error === undefined;
if (!hasSystemd) console.warn('SKIPPED: the check of the unit file needs systemd-analyze');

it.runIf(hasSystemd)(
  'the unit file is in order for systemd, and starts the file that the README names',
  async () => {
    const text = await readFile(UNIT, 'utf8');
    expect(text).toContain('ExecStart=/usr/bin/node /opt/gateway/gateway.js');
    const folder = await aFolder();
    const unit = join(folder, 'gateway.service');
    await writeFile(unit, text.replace('/usr/bin/node', process.execPath));
    expect(verify(unit)).toBe('');
    // The check itself can fail.
    await writeFile(unit, text.replace('RestartSec', 'RestartSecs'));
    expect(verify(unit)).toContain('RestartSecs');
  },
);

/** What systemd says to the unit. */
function verify(unit: string): string {
  const { stderr, error } = spawnSync('systemd-analyze', ['verify', unit], { encoding: 'utf8' });
  if (error !== undefined) throw error;
  return stderr;
}
