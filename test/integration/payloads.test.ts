import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { hasPty } from '../helpers/pty.js';
import { nextFrom, Rig } from '../helpers/rig.js';

const ALL_BYTES = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));

const PAYLOADS: Readonly<Record<string, Buffer>> = {
  empty: Buffer.alloc(0),
  'one byte': Buffer.from('x'),
  'every byte value': ALL_BYTES,
  'CR LF OK CR LF': Buffer.from('\r\nOK\r\n'),
  'two line ends': Buffer.from('\r\n\r\n'),
  'a prompt': Buffer.from('\r\n> '),
  'a quote': Buffer.from('"'),
  'quoted text': Buffer.from('"a","b"'),
  'a URC as text': Buffer.from('+LMQTTURC: RECV,0,1,"t",3,abc'),
  'a URC as a line': Buffer.from('\r\n+LMQTTURC: RECV,0,1,"t",3,abc\r\n'),
  'a boot marker': Buffer.from("\r\n^boot.rom'v1!\n"),
  JSON: Buffer.from('{"imei":"861326070275653","rssi":27}'),
  'UTF-8': Buffer.from('温度 21.5 °C ☀'),
  'the inline limit': Buffer.alloc(1024, 'a'),
  'above the inline limit': Buffer.alloc(1025, 'a'),
  'the largest, text': Buffer.alloc(8000, 'a'),
  'the largest, binary': Buffer.concat(Array.from({ length: 32 }, () => ALL_BYTES)).subarray(0, 8000),
};

async function listenOn(kind: string): Promise<string> {
  if (kind === 'tcp') return 'tcp://127.0.0.1:0';
  if (kind === 'memory') return 'memory:';
  const folder = await mkdtemp(join(tmpdir(), 'atmqtt-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return `pty:${join(folder, 'tty')}`;
}

const LINKS = ['memory', 'tcp', ...(hasPty ? ['pty'] : [])];

const MODULES: Readonly<Record<string, readonly string[]>> = {
  'in whole chunks': [],
  'in single bytes': ['split=1'],
  'in single bytes, with echo and results before OK': ['split=1', 'echo', 'result-before-ok'],
};

describe.each(LINKS)('over %s', (link) => {
  let rig: Rig;
  afterEach(() => rig.stop());

  it.each(Object.entries(MODULES))(
    '%s: payloads arrive byte for byte in both directions',
    async (_name, faults) => {
      rig = await Rig.start({ module: { listen: await listenOn(link), faults } });
      const other = await rig.other('up/#');
      const client = await rig.connect();
      await client.subscribe('down/#', { qos: 1 });
      for (const [name, payload] of Object.entries(PAYLOADS)) {
        const up = nextFrom(other);
        await client.publish('up/x', payload, { qos: 1 });
        expect((await up).payload.equals(payload), `${name}, up`).toBe(true);

        const down = once(client, 'message');
        await other.publishAsync('down/x', payload, { qos: 1 });
        const [topic, received] = await down;
        expect(topic).toBe('down/x');
        expect((received as Buffer).equals(payload), `${name}, down`).toBe(true);
      }
      expect(client.modem.stats().dropped).toEqual({
        'too-long': 0,
        garbage: 0,
        'out-of-step': 0,
        incomplete: 0,
      });
    },
  );

  it('8001 bytes are refused before anything is written', async () => {
    rig = await Rig.start({ module: { listen: await listenOn(link) } });
    const client = await rig.connect();
    const before = client.modem.stats().commands;
    await expect(client.publish('up/x', Buffer.alloc(8001))).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
      field: 'payload',
      message: expect.stringContaining('8000'),
    });
    expect(client.modem.stats().commands).toBe(before);
  });
});
