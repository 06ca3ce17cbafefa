import { afterEach, describe, expect, it, vi } from 'vitest';
import { ModemError } from '../../../src/errors/modem-error.js';
import { AnsweringModule, ERROR, info, OK, ok } from './answering-module.js';
import { openSession, settled } from './session-under-test.js';

const PUBLICATION = { topic: 't', payload: Buffer.from('x'), qos: 1, retain: false } as const;
const FILTERS = [{ topic: 'a', qos: 0 }] as const;

afterEach(() => {
  vi.useRealTimers();
});

/** Time passes in steps, so that what one step sets off has its turn. */
async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
  await settled();
}

function useFakeTimers(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
}

describe('a status that ends the session', () => {
  it('is told once, and ends all requests', async () => {
    const { module, session, lost } = await openSession(new AnsweringModule().answer(/PUB=|SUBUNSUB=/, OK));
    const published = session.publish(PUBLICATION);
    const subscribed = session.subscribe(FILTERS);
    await module.receives(/SUBUNSUB=/);
    module.send('\r\n+LMQTTURC: STATS,0,1\r\n\r\n+LMQTTURC: STATS,0,11\r\n');
    await expect(published).rejects.toMatchObject({ code: 'SESSION_LOST' });
    await expect(subscribed).rejects.toMatchObject({ code: 'SESSION_LOST' });
    expect(lost).toMatchObject([
      { code: 'SESSION_LOST', message: 'session lost: closed or reset by the server (status 1)', result: 1 },
    ]);
  });

  it('gives each request an error of its own', async () => {
    const { module, session } = await openSession(new AnsweringModule().answer(/PUB=/, OK));
    const published = [session.publish(PUBLICATION), session.publish(PUBLICATION)];
    await module.receives(/PUB=0,2/);
    module.send('\r\n+LMQTTURC: STATS,0,1\r\n');
    const [one, two] = await Promise.all(published.map((promise) => promise.catch((error) => error)));
    expect(one).not.toBe(two);
    expect(one.cause).toBe(two.cause);
  });

  it('refuses what comes later, without a word to the module', async () => {
    const { module, session, messages } = await openSession();
    module.send('\r\n+LMQTTURC: STATS,0,15,5\r\n');
    await settled();
    await expect(session.publish(PUBLICATION)).rejects.toMatchObject({ code: 'SESSION_LOST' });
    await expect(session.subscribe(FILTERS)).rejects.toMatchObject({ code: 'SESSION_LOST' });
    await session.close();
    module.send('\r\n+LMQTTURC: RECV,0,1,"a",1,x\r\n');
    await settled();
    expect(module.wire).toBe('');
    expect(messages).toEqual([]);
  });

  it.each(['+LMQTTURC: STATS,0,0', '+LMQTTURC: STATS,3,1'])('%s ends nothing', async (line) => {
    const { module, session, lost } = await openSession();
    module.send(`\r\n${line}\r\n`);
    await session.publish(PUBLICATION);
    expect(lost).toEqual([]);
  });
});

describe('verify', () => {
  it('is true in state 3, and asks once for all who ask', async () => {
    const { module, session, lost } = await openSession();
    expect(await Promise.all([session.verify(), session.verify()])).toEqual([true, true]);
    expect(module.lines).toEqual(['AT+LMQTTCONN?']);
    expect(lost).toEqual([]);
  });

  it.each([1, 2, 4])('state %i is a loss', async (state) => {
    const { session, lost } = await openSession(
      new AnsweringModule().answer(/CONN\?/, info(`+LMQTTCONN: 0,${state}`)),
    );
    expect(await session.verify()).toBe(false);
    expect(lost.map(({ message }) => message)).toEqual([`session lost: LMQTTCONN? answers state ${state}`]);
    expect(await session.verify()).toBe(false);
    expect(lost).toHaveLength(1);
  });

  it('ERROR is a loss', async () => {
    const { session, lost } = await openSession(new AnsweringModule().answer(/CONN\?/, ERROR));
    expect(await session.verify()).toBe(false);
    expect(lost).toMatchObject([{ code: 'SESSION_LOST', cause: { code: 'COMMAND_FAILED' } }]);
  });

  it('silence is a loss', async () => {
    const { session, lost } = await openSession(new AnsweringModule().answer(/CONN\?/, undefined));
    useFakeTimers();
    const verified = session.verify();
    await pass(5_000);
    expect(await verified).toBe(false);
    expect(lost).toMatchObject([
      { code: 'SESSION_LOST', cause: { code: 'TIMEOUT', stage: 'response', limit: 5_000 } },
    ]);
  });

  it('is false, and tells nothing, when the session is abandoned meanwhile', async () => {
    const { module, session, lost } = await openSession(new AnsweringModule().answer(/CONN\?/, undefined));
    const verified = session.verify();
    await module.receives(/CONN\?/);
    session.abandon(new ModemError('REBOOTED', 'the module restarted'));
    expect(await verified).toBe(false);
    expect(lost).toEqual([]);
  });

  it('follows a request that ran out of time', async () => {
    const { module, session, lost } = await openSession(
      new AnsweringModule().answer(/PUB=/, OK).answer(/CONN\?/, info('+LMQTTCONN: 0,4')),
    );
    useFakeTimers();
    const failed = session.publish(PUBLICATION).catch((error) => error);
    await module.receives(/PUB=/);
    await settled();
    await pass(40_000);
    expect(await failed).toMatchObject({ code: 'TIMEOUT', stage: 'result', limit: 40_000 });
    expect(lost).toMatchObject([{ code: 'SESSION_LOST' }]);
  });
});

describe('check', () => {
  const GARBLED = '\r\n+LMQ\x8fTCONN: 0,3\r\n\r\nOK\r\n';

  const questions = (module: AnsweringModule) => module.lines.filter((line) => line.endsWith('?'));

  it('asks once for all who ask', async () => {
    const { module, session } = await openSession();
    expect(await Promise.all([session.check(), session.check()])).toEqual(['alive', 'alive']);
    expect(questions(module)).toEqual(['AT+LMQTTCONN?']);
  });

  it.each([
    ['a garbled answer', GARBLED],
    ['OK alone', OK],
    ['an ERROR', ERROR],
  ])('does not end a session for %s that comes once', async (_what, answer) => {
    const module = new AnsweringModule().answer(/CONN\?/, answer, info('+LMQTTCONN: 0,3'));
    const { session, lost } = await openSession(module);
    expect(await session.check()).toBe('alive');
    expect(questions(module)).toEqual(['AT+LMQTTCONN?', 'AT+LMQTTCONN?']);
    expect(lost).toEqual([]);
  });

  it('ends it for one that comes twice', async () => {
    const { session, lost } = await openSession(new AnsweringModule().answer(/CONN\?/, OK));
    expect(await session.check()).toBe('lost');
    expect(lost).toMatchObject([{ code: 'SESSION_LOST', cause: { code: 'BAD_RESPONSE' } }]);
    expect(await session.check()).toBe('lost');
    expect(lost).toHaveLength(1);
  });

  it.each([1, 2, 4])('ends it for state %i, at once', async (state) => {
    const { module, session, lost } = await openSession(
      new AnsweringModule().answer(/CONN\?/, info(`+LMQTTCONN: 0,${state}`)),
    );
    expect(await session.check()).toBe('lost');
    expect(lost).toMatchObject([{ message: `session lost: LMQTTCONN? answers state ${state}` }]);
    expect(module.lines).toHaveLength(1);
  });

  it('leaves a session alone whose module has never told its state', async () => {
    const { session, lost } = await openSession(new AnsweringModule().answer(/CONN\?/, ERROR));
    expect(await session.check()).toBe('untold');
    expect(lost).toEqual([]);
  });

  it('ends it when a module refuses that has told before', async () => {
    const answers = [info('+LMQTTCONN: 0,3'), ERROR];
    const { session, lost } = await openSession(new AnsweringModule().answer(/CONN\?/, ...answers));
    expect(await session.check()).toBe('alive');
    expect(await session.check()).toBe('lost');
    expect(lost).toMatchObject([{ code: 'SESSION_LOST', cause: { code: 'COMMAND_FAILED' } }]);
  });

  it('ends it in silence, when the module does not answer AT either', async () => {
    const { module, channel, session, lost } = await openSession();
    module.silent = true;
    useFakeTimers();
    const silent = vi.fn();
    channel.on('unresponsive', silent);
    const checked = session.check();
    for (let passed = 0; passed < 60_000 && lost.length === 0; passed += 500) await pass(500);
    expect(await checked).toBe('lost');
    expect(silent).toHaveBeenCalledOnce();
    expect(lost).toMatchObject([{ code: 'SESSION_LOST', cause: { code: 'NOT_RESPONDING' } }]);
  });

  it('is lost, and tells nothing, when the session is abandoned meanwhile', async () => {
    const { module, session, lost } = await openSession(new AnsweringModule().answer(/CONN\?/, undefined));
    const checked = session.check();
    await module.receives(/CONN\?/);
    session.abandon(new ModemError('REBOOTED', 'the module restarted'));
    expect(await checked).toBe('lost');
    expect(lost).toEqual([]);
  });
});

describe('close', () => {
  it('sends DISC and CLOSE, once', async () => {
    const { module, session } = await openSession();
    await Promise.all([session.close(), session.close()]);
    await session.close();
    expect(module.wire).toBe('AT+LMQTTDISC=0\r\nAT+LMQTTCLOSE=0\r\n');
  });

  it('does not take the end of the session for a loss', async () => {
    const { module, session, lost } = await openSession();
    module.answer(/DISC=0/, ok('+LMQTTURC: STATS,0,11', '+LMQTTDISC: 0,0'));
    await session.close();
    expect(module.lines).toEqual(['AT+LMQTTDISC=0', 'AT+LMQTTCLOSE=0']);
    expect(lost).toEqual([]);
  });

  it('ends what is under way with CLOSED, and refuses what comes later', async () => {
    const { module, session } = await openSession(new AnsweringModule().answer(/PUB=/, OK));
    const published = session.publish(PUBLICATION).catch((error) => error);
    await module.receives(/PUB=/);
    await session.close();
    expect(await published).toMatchObject({ code: 'CLOSED' });
    await expect(session.publish(PUBLICATION)).rejects.toMatchObject({ code: 'CLOSED' });
    expect(await session.verify()).toBe(false);
  });

  it('goes on to CLOSE when the result of DISC does not come', async () => {
    const { module, session } = await openSession();
    module.answer(/DISC=0/, OK);
    useFakeTimers();
    const closed = session.close();
    await module.receives(/DISC=0/);
    await settled();
    await pass(10_000);
    await closed;
    expect(module.lines).toEqual(['AT+LMQTTDISC=0', 'AT+LMQTTCLOSE=0']);
  });

  it('rejects when the module does not answer, and is closed all the same', async () => {
    const { module, session } = await openSession();
    module.answer(/DISC=0/, undefined);
    useFakeTimers();
    const closed = session.close().catch((error) => error);
    await settled();
    await pass(5_000);
    expect(await closed).toMatchObject({ code: 'TIMEOUT', stage: 'response' });
    await expect(session.publish(PUBLICATION)).rejects.toMatchObject({ code: 'CLOSED' });
  });

  it('can be given up', async () => {
    const { module, session } = await openSession();
    module.answer(/DISC=0/, OK);
    const abort = new AbortController();
    const closed = session.close({ signal: abort.signal });
    await module.receives(/DISC=0/);
    abort.abort();
    await expect(closed).rejects.toMatchObject({ code: 'ABORTED' });
  });
});

it('nothing stays pending when the port vanishes', async () => {
  const { module, channel, session } = await openSession(new AnsweringModule().answer(/PUB=|CONN\?/, OK));
  const published = session.publish(PUBLICATION);
  await module.receives(/PUB=/);
  module.unplug();
  await expect(published).rejects.toMatchObject({ code: 'PORT_CLOSED' });
  expect(channel.closed).toBe(true);
  expect(await session.verify()).toBe(false);
});

it('a missing result without an id ends the session, as it could answer the next message', async () => {
  const module = new AnsweringModule().answer(/PUB=/, OK);
  const { session, lost } = await openSession(module, { profile: 'nt35e' });
  useFakeTimers();
  const failed = session.publish({ ...PUBLICATION, qos: 0 }).catch((error) => error);
  await module.receives(/PUB=0,0,0/);
  await settled();
  await pass(40_000);
  expect(await failed).toMatchObject({ code: 'TIMEOUT', stage: 'result' });
  expect(lost).toMatchObject([{ code: 'SESSION_LOST', cause: { code: 'TIMEOUT' } }]);
  const next = session.publish({ ...PUBLICATION, qos: 0 }).catch((error) => error);
  module.send('\r\n+LMQTTPUB: 0,0,0\r\n');
  expect(await next).toMatchObject({ code: 'SESSION_LOST' });
});
