import { describe, expect, it } from 'vitest';
import { LMQTT } from '../../../src/dialects/lmqtt/dialect.js';
import { CommandError, MqttError } from '../../../src/errors/kinds.js';
import { AnsweringModule, ERROR, OK, ok } from './answering-module.js';
import { OPTIONS, openSession, settled } from './session-under-test.js';

const publication = (payload: string | Buffer, qos: 0 | 1 | 2 = 1) => ({
  topic: 'up/x',
  payload: Buffer.from(payload),
  qos,
  retain: false,
});

describe('publish writes exactly', () => {
  it('a printable payload inline', async () => {
    const { module, session } = await openSession();
    await session.publish({ topic: 't', payload: Buffer.from('{"a":1}'), qos: 2, retain: true });
    expect(module.wire).toBe('AT+LMQTTPUB=0,1,2,1,"t",7,"{"a":1}"\r\n');
  });

  it.each([
    ['";+CFUN=0;"', 11],
    ['{"a":";"}', 9],
  ])('%j behind the prompt: a module that does not count could run it', async (payload, length) => {
    const { module, session } = await openSession();
    await session.publish(publication(payload));
    expect(module.wire).toBe(`AT+LMQTTPUB=0,1,1,0,"up/x",${length}\r\n${payload}`);
  });

  it('a payload with ; alone, or before the quote, inline', async () => {
    const { module, session } = await openSession();
    await session.publish(publication('a;b"c'));
    expect(module.wire).toBe('AT+LMQTTPUB=0,1,1,0,"up/x",5,"a;b"c"\r\n');
  });

  it('an empty payload inline', async () => {
    const { module, session } = await openSession();
    await session.publish(publication(''));
    expect(module.wire).toBe('AT+LMQTTPUB=0,1,1,0,"up/x",0,""\r\n');
  });

  it('any byte behind the prompt', async () => {
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, value) => value));
    const { module, session } = await openSession();
    await session.publish(publication(bytes));
    expect(module.wire).toBe(`AT+LMQTTPUB=0,1,1,0,"up/x",256\r\n${bytes.toString('latin1')}`);
    expect(module.payloads).toEqual([bytes]);
  });

  it.each([
    ['nt26', 1024],
    ['nt35e', 1460],
  ])('%s takes %i bytes inline, one more behind the prompt', async (profile, limit) => {
    const { module, session } = await openSession(new AnsweringModule(), { profile });
    await session.publish(publication('x'.repeat(limit)));
    await session.publish(publication('x'.repeat(limit + 1)));
    expect(module.lines).toEqual([
      `AT+LMQTTPUB=0,1,1,0,"up/x",${limit},"${'x'.repeat(limit)}"`,
      `AT+LMQTTPUB=0,2,1,0,"up/x",${limit + 1}`,
    ]);
  });

  it('ids from 1, with which the next session goes on', async () => {
    const { module, channel, session } = await openSession();
    await session.publish(publication('x', 0));
    await session.subscribe([{ topic: 'a', qos: 0 }]);
    await session.close();
    const handlers = { message: () => {}, lost: () => {}, degraded: () => {} };
    const next = LMQTT.createSession(channel, OPTIONS, handlers);
    await next.open();
    await next.publish(publication('x', 0));
    expect(module.lines.filter((line) => /PUB|SUB/.test(line))).toEqual([
      'AT+LMQTTPUB=0,1,0,0,"up/x",1,"x"',
      'AT+LMQTTSUBUNSUB=0,0,2,"a",0',
      'AT+LMQTTPUB=0,3,0,0,"up/x",1,"x"',
    ]);
  });

  it('msgID 0 for QoS 0 on NT35E', async () => {
    const { module, session } = await openSession(new AnsweringModule(), { profile: 'nt35e' });
    await session.publish(publication('x', 0));
    await session.publish(publication('x', 1));
    expect(module.lines).toEqual(['AT+LMQTTPUB=0,0,0,0,"up/x",1,"x"', 'AT+LMQTTPUB=0,1,1,0,"up/x",1,"x"']);
  });
});

describe('publish tells', () => {
  it('when the module has accepted it, and then its result', async () => {
    const { module, session } = await openSession(new AnsweringModule().answer(/PUB=/, OK));
    const told: string[] = [];
    const published = session
      .publish(publication('x'), { onAccepted: () => told.push('accepted') })
      .then(() => told.push('done'));
    await module.receives(/PUB=/);
    await settled();
    expect(told).toEqual(['accepted']);
    module.send('\r\n+LMQTTPUB: 0,1,0\r\n');
    await published;
    expect(told).toEqual(['accepted', 'done']);
  });

  it('results by msgID, in any order', async () => {
    const { module, session } = await openSession(new AnsweringModule().answer(/PUB=/, OK));
    const told: string[] = [];
    const first = session.publish(publication('1')).then(() => told.push('first'));
    const second = session.publish(publication('2')).catch(({ code }) => told.push(code));
    await module.receives(/PUB=0,2/);
    module.send('\r\n+LMQTTPUB: 0,2,2\r\n\r\n+LMQTTPUB: 0,1,0\r\n');
    await Promise.all([first, second]);
    expect(told).toEqual(['PUBLISH_FAILED', 'first']);
  });

  it.each([
    [
      '+LMQTTPUB: 0,1,1,6',
      1,
      6,
      'publish failed: sent, but the acknowledgement was wrong (result 1, extend 6)',
    ],
    ['+LMQTTPUB: 0,1,2', 2, undefined, 'publish failed: the module reports a failure (result 2)'],
    ['+LMQTTPUB: 0,1,2,7', 2, 7, 'publish failed: a parameter is wrong (result 2, extend 7)'],
  ])(
    'the failure %s',
    async (line, result, extend, message) => {
      const { session } = await openSession(new AnsweringModule().answer(/PUB=0,1,/, ok(line)));
      const error = await session.publish(publication('x')).catch((reason) => reason);
      expect(error).toBeInstanceOf(MqttError);
      expect(error).toMatchObject({ code: 'PUBLISH_FAILED', result, extend, message });
      await expect(session.publish(publication('y')))
        .rejects.toMatchObject({ code: 'TIMEOUT' })
        .catch(() => {});
    },
    100_000,
  );

  it.each([
    [ERROR, undefined],
    ['\r\n+CME ERROR: 3\r\n', 3],
  ])('the refusal %j, and goes on', async (answer, number) => {
    const { session } = await openSession(new AnsweringModule().answer(/PUB=0,[12]/, answer));
    const error = await session.publish(publication('x')).catch((reason) => reason);
    expect(error).toBeInstanceOf(CommandError);
    expect(error).toMatchObject({ code: 'COMMAND_FAILED', number });
    await session.publish(publication('x'));
  });
});

describe('publish that is refused inline', () => {
  it.each([
    ['nt26', 0, 1, 2],
    ['nt26', 1, 1, 2],
    ['nt35e', 0, 0, 0],
  ] as const)('goes behind the prompt: %s, QoS %i', async (profile, qos, first, second) => {
    const module = new AnsweringModule().answer(/PUB=.*"$/, ERROR);
    const { session } = await openSession(module, { profile });
    const told: string[] = [];
    await session.publish(publication('x', qos), { onAccepted: () => told.push('accepted') });
    expect(module.wire).toBe(
      `AT+LMQTTPUB=0,${first},${qos},0,"up/x",1,"x"\r\nAT+LMQTTPUB=0,${second},${qos},0,"up/x",1\r\nx`,
    );
    expect(told).toEqual(['accepted']);
  });

  it.each([
    ['an empty payload, for which no prompt is known', Buffer.alloc(0)],
    ['a payload that went behind the prompt', Buffer.from([0])],
  ])('once only: %s', async (_what, payload) => {
    const { module, session } = await openSession(new AnsweringModule().answer(/PUB=/, ERROR));
    await expect(session.publish(publication(payload))).rejects.toMatchObject({ code: 'COMMAND_FAILED' });
    expect(module.lines).toHaveLength(1);
  });

  it('not after its caller has given it up', async () => {
    const { module, session } = await openSession(new AnsweringModule().answer(/PUB=/, undefined));
    const abort = new AbortController();
    const published = session.publish(publication('x'), { signal: abort.signal });
    await module.receives(/PUB=/);
    abort.abort();
    await expect(published).rejects.toMatchObject({ code: 'ABORTED' });
    module.send(ERROR);
    await settled();
    expect(module.lines).toHaveLength(1);
  });
});

describe('publish that is given up', () => {
  it('writes nothing if that was before', async () => {
    const { module, session } = await openSession();
    const signal = AbortSignal.abort();
    await expect(session.publish(publication('x'), { signal })).rejects.toMatchObject({ code: 'ABORTED' });
    await settled();
    expect(module.wire).toBe('');
  });

  it('rejects at once, and leaves the others alone', async () => {
    const { module, session } = await openSession(new AnsweringModule().answer(/PUB=/, OK));
    const abort = new AbortController();
    const first = session.publish(publication('1'), { signal: abort.signal });
    const second = session.publish(publication('2'));
    await module.receives(/PUB=0,2/);
    abort.abort();
    await expect(first).rejects.toMatchObject({ code: 'ABORTED' });
    module.send('\r\n+LMQTTPUB: 0,1,2\r\n\r\n+LMQTTPUB: 0,2,0\r\n');
    await second;
  });

  it('does not leave its result to the next one with msgID 0', async () => {
    const { module, session } = await openSession(new AnsweringModule().answer(/PUB=/, OK), {
      profile: 'nt35e',
    });
    const abort = new AbortController();
    const first = session.publish(publication('1', 0), { signal: abort.signal });
    const second = session.publish(publication('2', 0));
    await module.receives(/"2"/);
    abort.abort();
    await expect(first).rejects.toMatchObject({ code: 'ABORTED' });
    module.send('\r\n+LMQTTPUB: 0,0,0\r\n\r\n+LMQTTPUB: 0,0,2\r\n');
    await expect(second).rejects.toMatchObject({ code: 'PUBLISH_FAILED' });
  });
});

describe('subscribe and unsubscribe', () => {
  const NINE = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'];

  it('take four topics a line', async () => {
    const { module, session } = await openSession();
    await session.subscribe(NINE.map((topic) => ({ topic, qos: 1 })));
    expect(module.lines).toEqual([
      'AT+LMQTTSUBUNSUB=0,0,1,"a",1,"b",1,"c",1,"d",1',
      'AT+LMQTTSUBUNSUB=0,0,2,"e",1,"f",1,"g",1,"h",1',
      'AT+LMQTTSUBUNSUB=0,0,3,"i",1',
    ]);
    module.take();
    await session.unsubscribe(NINE.slice(0, 5));
    expect(module.lines).toEqual([
      'AT+LMQTTSUBUNSUB=0,1,4,"a",0,"b",0,"c",0,"d",0',
      'AT+LMQTTSUBUNSUB=0,1,5,"e",0',
    ]);
  });

  it('stop at the first failure', async () => {
    const { module, session } = await openSession(
      new AnsweringModule().answer(/SUBUNSUB=0,0,1/, ok('+LMQTTSUBUNSUB: 0,1,1,6')),
    );
    const error = await session.subscribe(NINE.map((topic) => ({ topic, qos: 0 }))).catch((e) => e);
    expect(error).toMatchObject({ code: 'SUBSCRIBE_FAILED', result: 1, extend: 6 });
    expect(module.lines).toHaveLength(1);
  });

  it('accept the misspelt result', async () => {
    const { session } = await openSession(
      new AnsweringModule().answer(/SUBUNSUB=0,1,1/, ok('+LMQTTUNSUNSUB: 0,1,0')),
    );
    await session.unsubscribe(['a']);
  });

  it('tell failures', async () => {
    const { session } = await openSession(
      new AnsweringModule()
        .answer(/SUBUNSUB=0,1,1/, ok('+LMQTTUNSUNSUB: 0,1,1,7'))
        .answer(/SUBUNSUB=0,0,2/, ERROR),
    );
    await expect(session.unsubscribe(['a'])).rejects.toMatchObject({
      code: 'UNSUBSCRIBE_FAILED',
      message: 'unsubscribe failed: a parameter is wrong (result 1, extend 7)',
    });
    await expect(session.subscribe([{ topic: 'a', qos: 2 }])).rejects.toMatchObject({
      code: 'COMMAND_FAILED',
    });
    await session.subscribe([{ topic: 'a', qos: 2 }]);
  });
});
