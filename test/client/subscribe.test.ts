import { describe, expect, it } from 'vitest';
import type { SubscribeTopics } from '../../src/client/subscriptions.js';
import { AnsweringModule, info, OK, ok } from '../dialects/lmqtt/answering-module.js';
import { settled } from '../dialects/lmqtt/session-under-test.js';
import { connected, happens, LOSS } from './client-under-test.js';

const SUBSCRIBES = /SUBUNSUB=/;
const HOUR = { reconnectPeriod: 3_600_000, maxReconnectPeriod: 3_600_000 };

describe('subscribe', () => {
  it.each<[SubscribeTopics, object, string]>([
    ['a/#', { qos: 1 }, '"a/#",1'],
    ['a', {}, '"a",0'],
    [['a', '$share/g/+/b'], { qos: 2 }, '"a",2,"$share/g/+/b",2'],
    [{ a: { qos: 1 }, b: { qos: 0 } }, {}, '"a",1,"b",0'],
  ])('takes %j', async (topics, options, written) => {
    const { module, client } = await connected();
    await client.subscribe(topics, options);
    expect(module.lines).toEqual([`AT+LMQTTSUBUNSUB=0,0,1,${written}`]);
  });

  it.each<[unknown, object, string]>([
    [[], {}, 'topic is an empty list, but must be at least one topic filter'],
    [{}, {}, 'topic is an empty list, but must be at least one topic filter'],
    [undefined, {}, 'topic is undefined, but must be a string, an array of strings or a map'],
    [null, {}, 'topic is null, but must be a string, an array of strings or a map'],
    [7, {}, 'topic is 7, but must be a string, an array of strings or a map'],
    ['', {}, 'topic is "" (0 bytes), but must be 1 to 256 bytes of UTF-8'],
    [['a', 7], {}, 'topic is 7, but must be a string'],
    [['a', 'a/#/b'], {}, 'topic is "a/#/b", but must be a topic filter with # in its last level only'],
    ['a+', {}, 'topic is "a+", but must be a topic filter whose wildcards + and # fill a level'],
    ['a', { qos: 3 }, 'qos is 3, but must be one of 0, 1, 2'],
    [{ a: { qos: 3 } }, {}, 'qos is 3, but must be one of 0, 1, 2'],
    [{ a: null }, {}, '"a": nothing given: give an object such as { qos: 1 }'],
    ['a', { timeout: -1 }, 'timeout is -1, but must be more than 0 and less than 2147483648 ms'],
  ])('refuses %j, %j before a byte is written', async (topics, options, message) => {
    const { module, client } = await connected();
    module.wire = '';
    await expect(client.subscribe(topics as string, options)).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
      message,
    });
    await settled();
    expect(module.wire).toBe('');
  });

  it('tells a failure, and does not restore what failed', async () => {
    const { module, client } = await connected(
      new AnsweringModule().answer(/SUBUNSUB=0,0,1/, ok('+LMQTTSUBUNSUB: 0,1,1,7')),
    );
    await expect(client.subscribe('a')).rejects.toMatchObject({ code: 'SUBSCRIBE_FAILED', extend: 7 });
    module.send(LOSS);
    await happens(client, 'connect');
    expect(module.lines.filter((line) => SUBSCRIBES.test(line))).toHaveLength(1);
  });

  it('delivers what comes before its result, and without it', async () => {
    const { module, client } = await connected(new AnsweringModule().answer(/SUBUNSUB=/, OK));
    const topics: string[] = [];
    client.on('message', (topic) => topics.push(topic));
    const subscribed = client.subscribe('a', { timeout: 50 });
    await module.receives(/SUBUNSUB=/);
    module.send('\r\n+LMQTTURC: RECV,0,1,"a",1,x\r\n');
    await expect(subscribed).rejects.toMatchObject({ code: 'TIMEOUT' });
    module.send('\r\n+LMQTTURC: RECV,0,2,"a",1,x\r\n');
    await settled();
    expect(topics).toEqual(['a', 'a']);
  });

  it('waits for a session', async () => {
    const { module, client } = await connected();
    module.send(LOSS);
    await happens(client, 'close');
    await client.subscribe('a');
    expect(module.lines.at(-1)).toBe('AT+LMQTTSUBUNSUB=0,0,1,"a",0');
  });

  it('does not wait for ever', async () => {
    const { module, client } = await connected(new AnsweringModule(), { ...HOUR, connectTimeout: 500 });
    module.send(LOSS);
    await happens(client, 'close');
    await expect(client.subscribe('a')).rejects.toMatchObject({
      code: 'TIMEOUT',
      message: 'subscribe: no result within 500 ms',
    });
    const abort = new AbortController();
    const waiting = client.unsubscribe('a', { signal: abort.signal });
    abort.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'ABORTED' });
    await expect(client.subscribe('a', { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'ABORTED',
    });
    const last = client.subscribe('a', { timeout: 60_000 });
    const refused = expect(last).rejects.toMatchObject({ code: 'CLOSED' });
    await client.end();
    await refused;
  });

  it('can be given up while it runs', async () => {
    const { module, client } = await connected(new AnsweringModule().answer(SUBSCRIBES, OK));
    const abort = new AbortController();
    const waiting = client.subscribe('a', { signal: abort.signal });
    await module.receives(SUBSCRIBES);
    await settled();
    abort.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'ABORTED' });
  });

  it('ends with the session', async () => {
    const { module, client } = await connected(new AnsweringModule().answer(SUBSCRIBES, OK));
    const waiting = client.subscribe('a');
    await module.receives(SUBSCRIBES);
    module.send(LOSS);
    await expect(waiting).rejects.toMatchObject({
      code: 'SESSION_LOST',
      message:
        'session lost: closed or reset by the server (status 1) while subscribing to "a": perhaps the broker does not allow that for this client',
    });
  });
});

describe('subscriptions', () => {
  it('are restored on the next session, those that are left', async () => {
    const { module, client } = await connected();
    await client.subscribe({ a: { qos: 1 }, b: { qos: 0 }, c: { qos: 0 } });
    await client.subscribe('c', { qos: 2 });
    await client.unsubscribe(['a']);
    expect(module.take().at(-1)).toBe('AT+LMQTTSUBUNSUB=0,1,3,"a",0');
    module.send(LOSS);
    await happens(client, 'connect');
    expect(module.lines.filter((line) => SUBSCRIBES.test(line))).toEqual([
      'AT+LMQTTSUBUNSUB=0,0,4,"b",0,"c",2',
    ]);
  });

  it('stay when unsubscribing fails', async () => {
    const { module, client } = await connected(
      new AnsweringModule().answer(/SUBUNSUB=0,1/, ok('+LMQTTUNSUNSUB: 0,2,1')),
    );
    await client.subscribe('a');
    await expect(client.unsubscribe('a')).rejects.toMatchObject({ code: 'UNSUBSCRIBE_FAILED' });
    module.take();
    module.send(LOSS);
    await happens(client, 'connect');
    expect(module.lines.filter((line) => SUBSCRIBES.test(line))).toHaveLength(1);
  });

  it('are not restored when that is switched off', async () => {
    const { module, client } = await connected(new AnsweringModule(), { resubscribe: false });
    await client.subscribe('a');
    module.take();
    module.send(LOSS);
    await happens(client, 'connect');
    expect(module.lines.filter((line) => SUBSCRIBES.test(line))).toEqual([]);
  });

  it('that are refused when restored are left out and told, and tried again on the next session', async () => {
    const { module, client } = await connected();
    await client.subscribe(['a', 'b/#', 'c']);
    module.answer(/SUBUNSUB=0,0,\d+,.*"b\/#"/, ([line]) => {
      const [, id] = /SUBUNSUB=0,0,(\d+)/.exec(line ?? '') ?? [];
      return ok(`+LMQTTSUBUNSUB: 0,${id},1,7`);
    });
    const told: unknown[] = [];
    client.on('degraded', (degradation) => told.push(degradation));
    module.take();
    module.send(LOSS);
    await happens(client, 'connect');
    expect(module.lines.filter((line) => SUBSCRIBES.test(line))).toEqual([
      'AT+LMQTTSUBUNSUB=0,0,2,"a",0,"b/#",0,"c",0',
      'AT+LMQTTSUBUNSUB=0,0,3,"a",0',
      'AT+LMQTTSUBUNSUB=0,0,4,"b/#",0',
      'AT+LMQTTSUBUNSUB=0,0,5,"c",0',
    ]);
    expect(told).toEqual([
      {
        setting: 'subscription to "b/#"',
        consequence: expect.stringMatching(
          /^its messages do not come until the next session: subscribe failed/,
        ),
      },
    ]);
    module.take();
    module.send(LOSS);
    await happens(client, 'connect');
    expect(module.lines).toContain('AT+LMQTTSUBUNSUB=0,0,6,"a",0,"b/#",0,"c",0');
  });

  it('that cannot be restored on a session that is dead make the attempt fail', async () => {
    const { module, client } = await connected();
    await client.subscribe('a');
    module.answer(/SUBUNSUB=0,0,2/, ok('+LMQTTSUBUNSUB: 0,2,1,6'));
    module.answer(/CONN\?/, info('+LMQTTCONN: 0,4'));
    module.take();
    module.send(LOSS);
    const [error] = await happens(client, 'error');
    expect(error).toMatchObject({ code: 'SUBSCRIBE_FAILED' });
    expect(module.lines.slice(-2)).toEqual(['AT+LMQTTSUBUNSUB=0,0,2,"a",0', 'AT+LMQTTCONN?']);
    await happens(client, 'connect');
    expect(module.lines.at(-1)).toBe('AT+LMQTTSUBUNSUB=0,0,3,"a",0');
  });
});
