import { describe, expect, it, onTestFinished } from 'vitest';
import { connect } from '../../src/client/connect.js';
import { Inbox, MessageStream } from '../../src/client/inbox.js';
import { AnsweringModule, ERROR, ok } from '../dialects/lmqtt/answering-module.js';
import { settled } from '../dialects/lmqtt/session-under-test.js';
import { connected, happens, OPTIONS } from './client-under-test.js';

const message = (text: string) => `\r\n+LMQTTURC: RECV,0,7,"cmd/x",${text.length},${text}\r\n`;
const EARLY = new AnsweringModule().answer(
  /CONN=/,
  '+LMQTTCONN: 0,0,0\r\n+LMQTTURC: RECV,0,7,"cmd/x",2,hi\r\nOK\r\n',
);

describe('the message event', () => {
  it('brings topic, payload and packet', async () => {
    const { module, client } = await connected();
    const received = happens(client, 'message');
    module.send(message('a\r\n'));
    const payload = Buffer.from('a\r\n');
    expect(await received).toEqual([
      'cmd/x',
      payload,
      { cmd: 'publish', topic: 'cmd/x', payload, messageId: 7 },
    ]);
    expect(client.stats()).toMatchObject({ received: 1, dropped: 0 });
  });

  it('brings early messages of a kept session to a listener attached after connect()', async () => {
    const { client } = await connected(EARLY, { clean: false });
    const [topic, payload] = await happens(client, 'message');
    expect([topic, payload.toString()]).toEqual(['cmd/x', 'hi']);
  });
});

describe('messages()', () => {
  it('brings the messages in their order until end()', async () => {
    const { module, client } = await connected();
    const texts: string[] = [];
    const reading = (async () => {
      for await (const { topic, payload } of client.messages()) texts.push(`${topic} ${payload}`);
    })();
    module.send(message('1') + message('2'));
    await settled();
    await client.end();
    await reading;
    expect(texts).toEqual(['cmd/x 1', 'cmd/x 2']);
    expect(await client.messages().next()).toEqual({ value: undefined, done: true });
  });

  it('ends with its loop, and others go on', async () => {
    const { module, client } = await connected();
    const other = client.messages();
    module.send(message('1') + message('2'));
    for await (const { payload } of client.messages()) {
      expect(payload.toString()).toBe('1');
      break;
    }
    expect((await other.next()).value.payload.toString()).toBe('1');
    expect((await other.next()).value.payload.toString()).toBe('2');
  });

  it('drops and counts the oldest for a slow consumer', async () => {
    const { module, client } = await connected();
    const stream = client.messages(2);
    module.send(['1', '2', '3'].map(message).join(''));
    await settled();
    expect(stream.dropped).toBe(1);
    expect((await stream.next()).value.payload.toString()).toBe('2');
  });

  it.each([0, -1, 1.5, Number.NaN, '5'])('refuses the limit %j', async (limit) => {
    const { client } = await connected();
    expect(() => client.messages(limit as number)).toThrow(`limit is ${limit}, but must be at least 1`);
  });
});

describe('a message stream', () => {
  it('serves waiting readers in their order, and ends them', async () => {
    const stream = new MessageStream<string>(1, () => {});
    const reads = [stream.next(), stream.next(), stream.next()];
    stream.push('a');
    stream.push('b');
    stream.end();
    stream.push('c');
    expect(await Promise.all(reads)).toEqual([
      { value: 'a', done: false },
      { value: 'b', done: false },
      { value: undefined, done: true },
    ]);
    expect(stream.dropped).toBe(0);
  });

  it('can be read to its end after it has ended', async () => {
    const stream = new MessageStream<string>(2, () => {});
    stream.push('a');
    stream.end();
    expect(await stream.next()).toEqual({ value: 'a', done: false });
    expect(await stream.next()).toEqual({ value: undefined, done: true });
  });

  it('forgets what waits when its reader leaves', async () => {
    let returns = 0;
    const stream = new MessageStream<string>(2, () => {
      returns += 1;
    });
    stream.push('a');
    expect(await stream.return()).toEqual({ value: undefined, done: true });
    expect(await stream.next()).toEqual({ value: undefined, done: true });
    expect(returns).toBe(1);
  });
});

it('the inbox keeps the last 1000 early messages and counts the others', () => {
  const got: number[] = [];
  const inbox = new Inbox(({ messageId }) => got.push(messageId));
  for (let messageId = 1; messageId <= 1002; messageId += 1) {
    inbox.push({ topic: 't', payload: Buffer.alloc(0), messageId });
  }
  expect([got.length, inbox.received, inbox.dropped]).toEqual([0, 1002, 2]);
  inbox.open();
  expect([got[0], got.at(-1), got.length]).toEqual([3, 1002, 1000]);
});

describe('degraded', () => {
  it('brings what the first connect met to a listener attached after connect()', async () => {
    const module = new AnsweringModule().answer(/"urc"|"version"/, ERROR);
    const client = await connect(module.open, OPTIONS);
    onTestFinished(() => client.end({ force: true }));
    const told: string[] = [];
    client.on('connect', () => told.push('connect'));
    client.on('degraded', ({ setting }) => told.push(setting));
    await settled();
    expect(told).toEqual(['connect', 'urc', 'version']);
  });

  it('tells of a message that could not be fetched', async () => {
    const { module, client } = await connected(new AnsweringModule().answer(/READ=/, ERROR), {
      buffered: true,
    });
    await settled();
    const told = happens(client, 'degraded');
    module.send('\r\n+LMQTTURC: RECV,0,9\r\n');
    expect(await told).toMatchObject([
      { setting: 'cache', consequence: expect.stringContaining('a message was lost') },
    ]);
  });
});

it('lines of the module come as urc events, raw commands go through the modem', async () => {
  const { module, client } = await connected(new AnsweringModule().answer(/^AT\+X$/, ok()));
  const told = happens(client, 'urc');
  module.send('\r\n+CTZEU: +8,0\r\n');
  expect(await told).toEqual(['+CTZEU: +8,0']);
  expect(await client.modem.send('AT+X')).toEqual({ lines: [], final: 'OK' });
});
