import { describe, expect, it } from 'vitest';
import { connect } from '../../src/client/connect.js';
import { AnsweringModule, OK, ok } from '../dialects/lmqtt/answering-module.js';
import { settled } from '../dialects/lmqtt/session-under-test.js';
import { connected, happens, LOSS, OPTIONS } from './client-under-test.js';

const PUBLISHES = /PUB=0,/;
const BUSY = '\r\n+CME ERROR: 3\r\n';

describe('publish', () => {
  it('sends text, bytes and nothing', async () => {
    const { module, client } = await connected();
    await client.publish('a', 'x');
    await client.publish('a', new Uint8Array([0, 255]), { qos: 2, retain: true });
    await client.publish('a', '', { qos: 1 });
    expect(module.take()).toEqual([
      'AT+LMQTTPUB=0,1,0,0,"a",1,"x"',
      'AT+LMQTTPUB=0,2,2,1,"a",2',
      'AT+LMQTTPUB=0,3,1,0,"a",0,""',
    ]);
    expect(module.payloads).toEqual([Buffer.from([0, 255])]);
    expect(client.stats()).toMatchObject({ published: 3, delivered: 3, outbox: 0 });
  });

  it('sends what the buffer held when it was called', async () => {
    const { module, client } = await connected();
    const buffer = Buffer.from('now');
    const published = client.publish('a', buffer);
    buffer.fill('x');
    await published;
    expect(module.lines).toEqual(['AT+LMQTTPUB=0,1,0,0,"a",3,"now"']);
  });

  const QUOTES = 'free of double quotes, CR, LF, NUL and other control characters';
  it.each<[string, unknown, object, string]>([
    ['a', 'x'.repeat(8001), {}, 'payload is 8001 bytes long, but must be 0 to 8000 bytes long'],
    ['a', 5, {}, 'payload is 5, but must be a string or a Buffer'],
    ['a', undefined, {}, 'payload is undefined, but must be a string or a Buffer'],
    ['', 'x', {}, 'topic is "" (0 bytes), but must be 1 to 256 bytes of UTF-8'],
    ['a/+', 'x', {}, 'topic is "a/+", but must be free of the wildcards + and #'],
    ['a"', 'x', {}, `topic is "a"", but must be ${QUOTES}`],
    ['a\r\nAT', 'x', {}, `topic is "a\\r\\nAT", but must be ${QUOTES}`],
    ['a\0', 'x', {}, `topic is "a\\x00", but must be ${QUOTES}`],
    ['a\x1a', 'x', {}, `topic is "a\\x1a", but must be ${QUOTES}`],
    [
      'é'.repeat(129),
      'x',
      {},
      `topic is "${'\\xc3\\xa9'.repeat(7)}\\xc3…" (258 bytes), but must be 1 to 256 bytes of UTF-8`,
    ],
    ['a', 'x', { qos: 3 }, 'qos is 3, but must be one of 0, 1, 2'],
    ['a', 'x', { retain: 1 }, 'retain is 1, but must be one of true, false'],
    ['a', 'x', { timeout: 0 }, 'timeout is 0, but must be more than 0 and less than 2147483648 ms'],
    ['a', 'x', { timeout: '5' }, 'timeout is 5, but must be more than 0 and less than 2147483648 ms'],
  ])('refuses %j, %#, before a byte is written', async (topic, payload, options, message) => {
    const { module, client } = await connected();
    module.wire = '';
    await expect(client.publish(topic, payload as string, options)).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
      message,
    });
    await settled();
    expect(module.wire).toBe('');
    expect(client.stats()).toMatchObject({ published: 0, outbox: 0 });
    await client.publish('a', 'x');
  });

  it('takes behind the prompt what is refused within the line', async () => {
    const module = new AnsweringModule().answer(/PUB=.*"$/, '\r\nERROR\r\n');
    const { client } = await connected(module);
    await Promise.all([client.publish('a', '1', { qos: 1 }), client.publish('a', '2')]);
    expect(module.payloads.map(String)).toEqual(['1', '2']);
    expect(client.stats()).toMatchObject({ delivered: 2, retried: 0, windowSize: 8 });
  });

  it.each([
    ['\r\nERROR\r\n', { code: 'COMMAND_FAILED', final: 'ERROR' }],
    ['\r\n+CME ERROR: 3\r\n', { code: 'COMMAND_FAILED', number: 3 }],
    [ok('+LMQTTPUB: 0,1,1'), { code: 'PUBLISH_FAILED', result: 1 }],
    [ok('+LMQTTPUB: 0,1,2,6'), { code: 'PUBLISH_FAILED', result: 2, extend: 6 }],
  ])('tells the failure %j, and goes on', async (answer, failure) => {
    const module = new AnsweringModule().answer(/PUB=.*"x"$/, answer).answer(/PUB=.*,1$/, answer);
    const { client } = await connected(module, { outbox: { maxAttempts: 1 } });
    await expect(client.publish('a', 'x', { qos: 1 })).rejects.toMatchObject(failure);
    await client.publish('a', 'yy', { qos: 1 });
  });

  it('keeps the order within a topic when the module is busy', async () => {
    const { module, client } = await connected(
      new AnsweringModule().answer(PUBLISHES, OK, OK, BUSY, BUSY, OK),
    );
    const published = ['1', '2', '3', '4'].map((text) => client.publish('a', text, { qos: 1 }));
    await module.receives(/PUB=0,4,/);
    await settled();
    module.send('\r\n+LMQTTPUB: 0,1,0\r\n');
    await module.receives(/PUB=0,5,/);
    module.send('\r\n+LMQTTPUB: 0,2,0\r\n');
    await module.receives(/PUB=0,6,/);
    module.send('\r\n+LMQTTPUB: 0,5,0\r\n\r\n+LMQTTPUB: 0,6,0\r\n');
    await Promise.all(published);
    const sent = module.lines.filter((line) => PUBLISHES.test(line)).map((line) => line.slice(-3));
    expect(sent).toEqual(['"1"', '"2"', '"3"', '",1', '"3"', '"4"']);
    expect(client.stats()).toMatchObject({ retried: 1, windowSize: 2 });
  });
});

/** Offline, with nothing but one later attempt to come. */
async function offline(options = {}) {
  const { module, client } = await connected(new AnsweringModule(), {
    reconnectPeriod: 3_600_000,
    maxReconnectPeriod: 3_600_000,
    ...options,
  });
  const closed = happens(client, 'close');
  module.send(LOSS);
  await closed;
  module.take();
  return { module, client };
}

describe('publish while offline', () => {
  it('waits for the next session', async () => {
    const { module, client } = await connected();
    const closed = happens(client, 'close');
    module.send(LOSS);
    await closed;
    expect(client.connected).toBe(false);
    const published = [client.publish('a', '1', { qos: 1 }), client.publish('a', '2')];
    expect(client.stats().outbox).toBe(2);
    await Promise.all(published);
    expect(module.lines.filter((line) => PUBLISHES.test(line))).toEqual([
      'AT+LMQTTPUB=0,1,1,0,"a",1,"1"',
      'AT+LMQTTPUB=0,2,0,0,"a",1,"2"',
    ]);
  });

  it('refuses QoS 0 when it is not to be queued', async () => {
    const { client } = await offline({ queueQoSZero: false });
    await expect(client.publish('a', 'x')).rejects.toMatchObject({ code: 'NOT_CONNECTED' });
    const kept = client.publish('a', 'x', { qos: 1 });
    await client.end();
    await expect(kept).rejects.toMatchObject({ code: 'CLOSED' });
  });

  it('refuses what does not fit the outbox', async () => {
    const { client } = await offline({ outbox: { maxMessages: 1 } });
    const kept = client.publish('a', 'x').catch(({ code }) => code);
    await expect(client.publish('a', 'x')).rejects.toMatchObject({ code: 'QUEUE_FULL' });
    expect(client.stats()).toMatchObject({ published: 1, outbox: 1 });
    await client.end();
    expect(await kept).toBe('CLOSED');
  });

  it('can be given up by time or signal', async () => {
    const { module, client } = await offline();
    const abort = new AbortController();
    const kept = client.publish('a', 'x', { signal: abort.signal }).catch((error) => error);
    await expect(client.publish('a', 'y', { timeout: 1 })).rejects.toMatchObject({
      code: 'TIMEOUT',
      message: 'publish to "a": no result within 1 ms',
    });
    abort.abort('changed my mind');
    expect(await kept).toMatchObject({ code: 'ABORTED', cause: 'changed my mind' });
    expect(client.stats().outbox).toBe(0);
    expect(module.lines).toEqual([]);
  });
});

describe('publish that is given up', () => {
  it('before it begins writes nothing', async () => {
    const { module, client } = await connected();
    const signal = AbortSignal.abort();
    await expect(client.publish('a', 'x', { signal })).rejects.toMatchObject({ code: 'ABORTED' });
    await settled();
    expect(module.lines).toEqual([]);
  });

  it.each([
    ['before OK', undefined],
    ['after OK', OK],
  ])('%s rejects at once', async (_when, answer) => {
    const { module, client } = await connected(new AnsweringModule().answer(PUBLISHES, answer));
    const abort = new AbortController();
    const published = client.publish('a', 'x', { qos: 1, signal: abort.signal });
    await module.receives(PUBLISHES);
    await settled();
    abort.abort();
    await expect(published).rejects.toMatchObject({ code: 'ABORTED' });
    expect(client.stats().outbox).toBe(0);
    if (answer === undefined) module.send(OK);
  });
});

describe('a loss while messages are in flight', () => {
  it('rejects QoS 0, and sends QoS 1 and 2 again in their order', async () => {
    const { module, client } = await connected(new AnsweringModule().answer(/PUB=0,[123],/, OK));
    const published = [1, 0, 2].map((qos) => client.publish('a', String(qos), { qos: qos as 0 | 1 | 2 }));
    const second = expect(published[1]).rejects.toMatchObject({ code: 'SESSION_LOST' });
    await module.receives(/PUB=0,3,/);
    await settled();
    module.take();
    module.send(LOSS);
    await Promise.all([published[0], second, published[2]]);
    expect(module.lines.filter((line) => PUBLISHES.test(line))).toEqual([
      'AT+LMQTTPUB=0,4,1,0,"a",1,"1"',
      'AT+LMQTTPUB=0,5,2,0,"a",1,"2"',
    ]);
    expect(client.stats()).toMatchObject({ delivered: 2, retried: 2, reconnects: 1 });
  });

  it('tells QoS 0 that the port vanished', async () => {
    const { module, client } = await connected(new AnsweringModule().answer(PUBLISHES, OK));
    const published = client.publish('a', 'x');
    await module.receives(PUBLISHES);
    module.unplug();
    await expect(published).rejects.toMatchObject({ code: 'PORT_CLOSED' });
  });
});

it('connect settles without a session when it is refused, and leaves the port closed', async () => {
  const module = new AnsweringModule().answer(/CONN=/, ok('+LMQTTCONN: 0,0,4'));
  const port = module.open();
  await expect(connect(() => port, OPTIONS)).rejects.toMatchObject({ code: 'CONNECT_REFUSED', extend: 4 });
  expect(port.destroyed).toBe(true);
  expect(module.lines.slice(-2)).toEqual(['AT+LMQTTDISC=0', 'AT+LMQTTCLOSE=0']);
});
