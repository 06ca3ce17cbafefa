import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MqttClient } from 'mqtt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OutboxFile } from '../../src/client/outbox/outbox-file.js';
import { Rig } from '../helpers/rig.js';

let rig: Rig;
let folder: string;
let file: string;

beforeEach(async () => {
  rig = await Rig.start();
  folder = mkdtempSync(join(tmpdir(), 'atmqtt-'));
  file = join(folder, 'outbox.db');
});

afterEach(async () => {
  await rig.stop();
  rmSync(folder, { recursive: true });
});

/** Resolves with the payloads of the next messages. */
function arrive(other: MqttClient, count: number): Promise<string[]> {
  const texts: string[] = [];
  return new Promise((resolve) => {
    other.on('message', (_topic, payload) => {
      texts.push(payload.toString());
      if (texts.length === count) resolve(texts);
    });
  });
}

async function failures(): Promise<(string | undefined)[]> {
  const opened = await OutboxFile.open(file);
  const { messages } = opened.load();
  opened.close();
  return messages.map(({ failure }) => failure);
}

describe('a client with a durable outbox', () => {
  it('sends in its next run what the last one could not, in order and before what is new', async () => {
    const first = await rig.connect({ outbox: { file, qosZero: true }, reconnectPeriod: 60_000 });
    const offline = once(first, 'offline');
    rig.module.dropBroker();
    await offline;
    const sent = [1, 0, 1].map((qos, index) => first.publish('up', `${index}`, { qos: qos as 0 | 1 }));
    await Promise.all(sent.map((one) => one.accepted));
    await first.end();
    await expect(sent[0]).rejects.toMatchObject({
      code: 'CLOSED',
      message: expect.stringContaining('stays in the outbox'),
    });

    const other = await rig.other('up');
    const arrived = arrive(other, 4);
    const second = await rig.connect({ outbox: { file } });
    const delivered: number[] = [];
    second.on('delivered', ({ id }) => delivered.push(id));
    await second.publish('up', 'new', { qos: 1 });
    await second.drained();
    expect(await arrived).toEqual(['0', '1', '2', 'new']);
    expect(delivered).toEqual([1, 2, 3, 4]);
    expect(second.stats()).toMatchObject({ restored: 3, published: 1, delivered: 4, outbox: 0 });
    await second.end();
    expect(await failures()).toEqual([]);
  });

  it.each(['file', 'memory'])(
    'tries a message again that the module could not send, from its %s',
    async (kind) => {
      const other = await rig.other('up');
      const client = await rig.connect(kind === 'file' ? { outbox: { file } } : {});
      rig.module.faults.on('publish-result=2:1');
      const arrived = arrive(other, 2);
      await Promise.all([client.publish('up', 'a', { qos: 1 }), client.publish('up', 'b', { qos: 1 })]);
      expect((await arrived).sort()).toEqual(['a', 'b']);
      expect(client.stats()).toMatchObject({ delivered: 2, retried: 1, failed: 0 });
    },
  );

  it('sets a message aside that fails for good, and goes on', async () => {
    const client = await rig.connect({ outbox: { file, maxAttempts: 1 } });
    rig.module.faults.on('publish-result=2:1');
    const undelivered = once(client, 'undelivered');
    const sent = client.publish('up', 'a', { qos: 1 });
    await sent.accepted;
    const [message, error] = await undelivered;
    expect([message.id, message.topic, error.code]).toEqual([1, 'up', 'PUBLISH_FAILED']);
    await expect(sent).rejects.toBe(error);
    await client.publish('up', 'b', { qos: 1 });
    await client.end();
    expect(await failures()).toEqual([error.message]);
  });

  it('tells what expired between two runs', async () => {
    const opened = await OutboxFile.open(file);
    const old = { id: 1, topic: 'up', payload: Buffer.from('x'), qos: 1 as const, retain: false };
    const added = [{ ...old, acceptedAt: 1, expiresAt: 2 }];
    opened.write({ added, tried: new Map(), removed: new Set() });
    opened.close();
    const client = await rig.connect({ outbox: { file } });
    expect(rig.undelivered).toMatchObject([[{ id: 1 }, { code: 'EXPIRED' }]]);
    expect(client.stats().expired).toBe(1);
  });

  it('holds its file alone, and gives it back when it cannot connect', async () => {
    const client = await rig.connect({ outbox: { file } });
    await expect(rig.connect({ outbox: { file } })).rejects.toMatchObject({ code: 'OUTBOX_BUSY' });
    await client.end();
    await rig.module.unplug();
    await expect(rig.connect({ outbox: { file } })).rejects.toMatchObject({
      code: expect.stringMatching(/^PORT_/),
    });
    expect(await failures()).toEqual([]);
  });
});
