import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nextFrom, Rig } from '../helpers/rig.js';

describe('a session', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await Rig.start();
  });
  afterEach(() => rig.stop());

  it.each([0, 1, 2] as const)('publishes with QoS %i', async (qos) => {
    const other = await rig.other('up/#');
    const client = await rig.connect();
    const arrived = nextFrom(other);
    await client.publish('up/x', 'hello', { qos });
    expect(await arrived).toMatchObject({ topic: 'up/x', qos });
  });

  it('sets and clears a retained message', async () => {
    const client = await rig.connect();
    await client.publish('state', 'on', { qos: 1, retain: true });
    expect(await nextFrom(await lateSubscriber(rig, 'state'))).toMatchObject({
      retain: true,
      topic: 'state',
    });
    await client.publish('state', '', { qos: 1, retain: true });
    const late = await lateSubscriber(rig, '#');
    const next = nextFrom(late);
    await client.publish('marker', 'm', { qos: 1 });
    expect(await next).toMatchObject({ topic: 'marker' });
  });

  it('subscribes by string, array and map, with more filters than one command takes', async () => {
    const other = await rig.other();
    const client = await rig.connect();
    await client.subscribe('a/+');
    await client.subscribe(['b', 'c', 'd', 'e', 'f'], { qos: 1 });
    await client.subscribe({ 'g/#': { qos: 2 }, h: { qos: 0 } });
    const topics: string[] = [];
    client.on('message', (topic) => topics.push(topic));
    const sent = ['a/1', 'b', 'c', 'd', 'e', 'f', 'g/1/2', 'h'];
    for (const topic of sent) {
      const arrived = once(client, 'message');
      await other.publishAsync(topic, 'x', { qos: 1 });
      await arrived;
    }
    expect(topics).toEqual(sent);
  });

  it('unsubscribes', async () => {
    const other = await rig.other();
    const client = await rig.connect();
    await client.subscribe(['a', 'b']);
    await client.unsubscribe('a');
    const first = once(client, 'message');
    await other.publishAsync('a', 'x', { qos: 1 });
    await other.publishAsync('b', 'x', { qos: 1 });
    expect((await first)[0]).toBe('b');
  });

  it('gives messages as an async iterator that ends with the client', async () => {
    const other = await rig.other();
    const client = await rig.connect();
    await client.subscribe('a');
    const stream = client.messages();
    for (const text of ['1', '2', '3']) await other.publishAsync('a', text, { qos: 1 });
    const received: string[] = [];
    for await (const { topic, payload } of stream) {
      received.push(`${topic} ${payload}`);
      if (received.length === 3) void client.end();
    }
    expect(received).toEqual(['a 1', 'a 2', 'a 3']);
  });

  it('has its will published when the module is lost, and not after a DISCONNECT', async () => {
    const other = await rig.other('will/#');
    const will = { topic: 'will/x', payload: 'gone', qos: 1, retain: false } as const;
    const first = await rig.connect({ will });
    await first.end();
    const second = await rig.connect({ will: { ...will, topic: 'will/y' }, reconnectPeriod: 0 });
    const arrived = nextFrom(other);
    rig.module.powerOff();
    expect(await arrived).toMatchObject({ topic: 'will/y', qos: 1 });
    await second.end();
  });

  it('receives what a kept session stored, right after connect() returns', async () => {
    const other = await rig.other();
    const first = await rig.connect({ clientId: 'kept', clean: false });
    await first.subscribe('cmd/#', { qos: 1 });
    await first.end();
    for (const text of ['1', '2', '3']) await other.publishAsync('cmd/x', text, { qos: 1 });
    const second = await rig.connect({ clientId: 'kept', clean: false });
    const received: string[] = [];
    for await (const { payload } of second.messages()) {
      received.push(payload.toString());
      if (received.length === 3) break;
    }
    expect(received).toEqual(['1', '2', '3']);
  });

  it('publishes many in a window, in order', async () => {
    const other = await rig.other('up/#');
    const received: string[] = [];
    const all = new Promise<void>((resolve) => {
      other.on('message', (_topic, payload) => {
        received.push(payload.toString());
        if (received.length === 200) resolve();
      });
    });
    const client = await rig.connect();
    const sent = Array.from({ length: 200 }, (_, index) => String(index));
    await Promise.all(sent.map((text) => client.publish('up/x', text, { qos: 1 })));
    await all;
    expect(received).toEqual(sent);
  });

  it('fetches messages one by one in buffered mode', async () => {
    const other = await rig.other();
    const client = await rig.connect({ buffered: true });
    await client.subscribe('a', { qos: 1 });
    const arrived = once(client, 'message');
    await other.publishAsync('a', Buffer.from('\r\nOK\r\n"'), { qos: 1 });
    expect((await arrived)[1]).toEqual(Buffer.from('\r\nOK\r\n"'));
  });
});

async function lateSubscriber(rig: Rig, topic: string) {
  const late = await rig.other();
  void late.subscribeAsync(topic, { qos: 1 });
  return late;
}
