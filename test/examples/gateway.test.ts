import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
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
  await writeFile(sensor, '22000');
  // About a second later: readings were taken and kept meanwhile.
  await gateway.shows('stderr', /\(attempt 2\)/);
  await writeFile(sensor, '23000');
  await gateway.kill();
  module.faults.off('broker-loss');
  const again = start();
  await again.shows('stderr', /^<5>connected, [1-9]\d* messages left from the last run$/m);
  await reading(there, 23000);
  const values = there.heard.map((one) => Number(/"value":(\d+)/.exec(one)?.[1]));
  expect(new Set(values)).toEqual(new Set([21500, 22000, 23000]));
  expect(values).toEqual(values.toSorted((a, b) => a - b));
  expect(await again.terminate()).toBe(0);
  expect(gateway.stderr + again.stderr).not.toContain(PASSWORD);
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
