import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openModem } from '../../src/dialects/open-modem.js';
import { openTransport } from '../../src/transport/open.js';
import { Arrivals, Rig } from '../helpers/rig.js';

const BINARY = Buffer.from([0, 1, 2, 0xfe, 0xff, 3, 4, 5, 6, 7]);

/** What a payload may be that was cut and filled up: bytes of ours, then ESC and CR. */
const FILLED = /^[^\x1b]*\x1b[\x1b\r]*$/;

let rig: Rig;
let arrivals: Arrivals;
beforeEach(async () => {
  rig = await Rig.start();
  arrivals = new Arrivals(await rig.other('up'));
});
afterEach(() => rig.stop());

function texts(): string[] {
  return arrivals.payloads.map((hex) => Buffer.from(hex, 'hex').toString('latin1'));
}

/** A module with a prompt for so many bytes, of which a program that was killed has sent the first ones. */
async function leavePrompt(length: number, part: string): Promise<void> {
  const before = await rig.connect({ reconnectPeriod: 0 });
  const stream = await openTransport(rig.module.url);
  const prompted = new Promise<void>((resolve) => {
    stream.on('data', (bytes: Buffer) => {
      if (bytes.toString('latin1').endsWith('> ')) resolve();
    });
  });
  stream.write(`AT+LMQTTPUB=0,900,1,0,"up",${length}\r\n`);
  await prompted;
  stream.write(part);
  await new Promise((resolve) => setImmediate(resolve));
  stream.destroy();
  await before.end({ force: true });
}

it('a payload that lost bytes on the line is filled up, never with a command, and goes out again', async () => {
  const client = await rig.connect();
  rig.module.faults.on('stuck-prompt=3');
  const failed = client.publish('up', BINARY, { qos: 1 }).then(
    () => 'delivered',
    (error) => error.code,
  );
  rig.module.on('published', () => rig.module.faults.off('stuck-prompt'));
  expect(['delivered', 'TIMEOUT']).toContain(await failed);
  await client.publish('up', BINARY, { qos: 1 });
  await arrivals.until([BINARY]);
  const [filled, ...others] = texts();
  expect(filled).toBe(`${BINARY.subarray(3).toString('latin1')}\x1b\x1b\r`);
  for (const other of others) expect(other).toBe(BINARY.toString('latin1'));
}, 30_000);

it('a prompt that was lost is filled up, and the message goes out', async () => {
  const client = await rig.connect();
  rig.module.faults.on('no-prompt');
  const first = client.publish('up', BINARY, { qos: 1 }).catch((error) => error.code);
  rig.module.on('published', () => rig.module.faults.off('no-prompt'));
  await first;
  await client.publish('up', BINARY, { qos: 1 });
  await arrivals.until([BINARY]);
  expect(texts()[0]).toMatch(FILLED);
}, 30_000);

describe('a program that was killed in the middle of a publish', () => {
  it.each([
    [1, ''],
    [3, ''],
    [10, 'half'],
    [8000, 'x'.repeat(100)],
  ])('of %i bytes: what it left is filled up before the first command', async (length, part) => {
    await leavePrompt(length, part);
    const modem = await openModem(rig.module.url);
    await modem.close();
    while (arrivals.payloads.length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(texts()).toEqual([expect.stringMatching(FILLED)]);
    expect(texts()[0]?.startsWith(part)).toBe(true);
    expect(texts()[0]).toHaveLength(length);
  });
});
