import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { payloadOf } from './payloads.js';
import { WireTap } from './wire-tap.js';

function downlink(sequence: number, length = payloadOf(sequence).length): Buffer {
  const header = `\r\n+LMQTTURC: RECV,0,${sequence},"down/1",${length},`;
  return Buffer.concat([Buffer.from(header), payloadOf(sequence), Buffer.from('\r\n')]);
}

/** What the tap sees of these chunks. */
async function seen(...chunks: Buffer[]): Promise<string[]> {
  const found: string[] = [];
  const tap = new WireTap((topic, sequence) => found.push(`${topic} ${sequence}`));
  const stream = tap.attach(new PassThrough());
  stream.resume();
  for (const chunk of chunks) {
    stream.write(chunk);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return found;
}

it('sees downlinks that come whole, in pieces or several at once', async () => {
  const bytes = Buffer.concat([Buffer.from('\r\nOK\r\n\x80'), downlink(5), downlink(6)]);
  expect(await seen(bytes)).toEqual(['down/1 5', 'down/1 6']);
  expect(await seen(...[...bytes].map((byte) => Buffer.of(byte)))).toEqual(['down/1 5', 'down/1 6']);
});

it('does not see one that is damaged or cut short, but the one behind it', async () => {
  const cut = downlink(7).subarray(0, 60);
  const damaged = downlink(8);
  damaged[50] = (damaged[50] ?? 0) ^ 4;
  expect(await seen(cut, downlink(9))).toEqual(['down/1 9']);
  expect(await seen(damaged, downlink(9))).toEqual(['down/1 9']);
  expect(await seen(downlink(8, 3), downlink(9))).toEqual(['down/1 9']);
});
