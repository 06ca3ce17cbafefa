import { describe, expect, it, vi } from 'vitest';
import { LMQTT } from '../../../src/dialects/lmqtt/dialect.js';
import { ModemError } from '../../../src/errors/modem-error.js';
import { AnsweringModule, ERROR, OK } from './answering-module.js';
import { OPTIONS, openSession, settled } from './session-under-test.js';

const READ = '\r\n+LMQTTREAD: 0,9,"cmd/x",6,a\r\nb"c\r\n\r\nOK\r\n';

describe('messages', () => {
  it('come exact to the byte', async () => {
    const { module, messages } = await openSession();
    module.send('\r\n+LMQTTURC: RECV,0,5,"cmd/x",15,a\r\nb",5,"c\x00\xff\r\nz\r\n');
    module.send('\r\n+LMQTTURC: RECV,0,0,"cmd/\xc3\xa9",0,\r\n');
    await settled();
    expect(messages).toEqual([
      { topic: 'cmd/x', payload: Buffer.from('a\r\nb",5,"c\x00\xff\r\nz', 'latin1'), messageId: 5 },
      { topic: 'cmd/é', payload: Buffer.alloc(0), messageId: 0 },
    ]);
  });

  it('come while a command waits for its answer', async () => {
    const { module, session, messages } = await openSession(
      new AnsweringModule().answer(
        /PUB=/,
        '\r\n+LMQTTURC: RECV,0,5,"a",4,\r\nOK\r\n\r\nOK\r\n\r\n+LMQTTPUB: 0,1,0\r\n',
      ),
    );
    await session.publish({ topic: 't', payload: Buffer.from('x'), qos: 1, retain: false });
    expect(messages.map(({ payload }) => payload.toString())).toEqual(['\r\nOK']);
    expect(module.lines).toHaveLength(1);
  });

  it('of another connection are not ours', async () => {
    const { module, messages } = await openSession();
    module.send('\r\n+LMQTTURC: RECV,1,5,"cmd/x",1,a\r\n');
    await settled();
    expect(messages).toEqual([]);
  });

  it('are told after a loss, as the module may have the session still, until it is closed', async () => {
    const { module, session, messages } = await openSession();
    session.abandon(new ModemError('SESSION_LOST', 'over'));
    module.send('\r\n+LMQTTURC: RECV,0,5,"cmd/x",1,a\r\n');
    await settled();
    expect(messages).toMatchObject([{ topic: 'cmd/x', messageId: 5 }]);
    await session.close();
    module.send('\r\n+LMQTTURC: RECV,0,6,"cmd/x",1,a\r\n');
    await settled();
    expect(messages).toHaveLength(1);
    expect(module.take()).toEqual([]);
  });

  it('are told once, by the next session, when there is one', async () => {
    const { module, channel, session, messages } = await openSession();
    session.abandon(new ModemError('SESSION_LOST', 'over'));
    const told: unknown[] = [];
    const next = LMQTT.createSession(channel, OPTIONS, {
      message: ({ messageId }) => told.push(messageId),
      lost: () => {},
      degraded: () => {},
    });
    await next.open();
    module.send('\r\n+LMQTTURC: RECV,0,7,"cmd/x",1,a\r\n');
    await settled();
    expect(told).toEqual([7]);
    expect(messages).toEqual([]);
  });
});

describe('announced messages', () => {
  it('are fetched in their order', async () => {
    const { module, messages } = await openSession(
      new AnsweringModule().answer(/READ=0,(\d+)/, ([, id]) => READ.replace('0,9', `0,${id}`)),
      { buffered: true },
    );
    module.send('\r\n+LMQTTURC: RECV,0,9\r\n\r\n+LMQTTURC: RECV,0,10\r\n');
    await module.receives(/READ=0,10/);
    await settled();
    expect(module.lines).toEqual(['AT+LMQTTREAD=0,9', 'AT+LMQTTREAD=0,10']);
    expect(messages).toEqual([
      { topic: 'cmd/x', payload: Buffer.from('a\r\nb"c'), messageId: 9 },
      { topic: 'cmd/x', payload: Buffer.from('a\r\nb"c'), messageId: 10 },
    ]);
  });

  it('that cannot be fetched are told', async () => {
    const { module, messages, degraded } = await openSession(new AnsweringModule().answer(/READ=/, ERROR));
    module.send('\r\n+LMQTTURC: RECV,0,9\r\n');
    await module.receives(/READ=/);
    await settled();
    expect(messages).toEqual([]);
    expect(degraded).toEqual([
      { setting: 'cache', consequence: 'a message was lost: AT+LMQTTREAD=0,9: the module answered ERROR' },
    ]);
  });

  it.each([
    [READ, 1, 0],
    [OK, 0, 1],
    [ERROR, 0, 1],
  ])('whose fetching is under way are told after a loss: %j', async (answer, come, lost) => {
    const { module, session, messages, degraded } = await openSession(
      new AnsweringModule().answer(/READ=/, undefined),
    );
    module.send('\r\n+LMQTTURC: RECV,0,9\r\n\r\n+LMQTTURC: RECV,0,10\r\n');
    await module.receives(/READ=/);
    session.abandon(new ModemError('SESSION_LOST', 'over'));
    module.send(answer);
    await settled();
    expect([messages.length, degraded.length]).toEqual([come, lost]);
    expect(module.lines).toEqual(['AT+LMQTTREAD=0,9']);
  });

  it.each([READ, OK, ERROR])('are not told once the session is closed: %j', async (answer) => {
    const { module, session, messages, degraded } = await openSession(
      new AnsweringModule().answer(/READ=/, undefined),
    );
    module.send('\r\n+LMQTTURC: RECV,0,9\r\n');
    await module.receives(/READ=/);
    session.abandon(new ModemError('CLOSED', 'over'));
    await session.close();
    module.send(answer);
    await settled();
    expect(messages).toEqual([]);
    expect(degraded.filter(({ consequence }) => consequence.startsWith('a message was lost'))).toEqual([]);
  });
});

it('thousands of announcements neither pile up as commands nor are fetched twice', async () => {
  const module = new AnsweringModule().answer(/READ=/, undefined);
  const { channel, messages } = await openSession(module);
  for (let round = 0; round < 5; round += 1) {
    for (let id = 1; id <= 1000; id += 1) module.send(`\r\n+LMQTTURC: RECV,0,${id}\r\n`);
  }
  await module.receives(/READ=0,1$/);
  await settled();
  const before = channel.stats.commands;
  module.answer(/READ=0,(\d+)/, ([, id]) => `\r\n+LMQTTREAD: 0,${id},"t",1,x\r\n${OK}`);
  module.send(ERROR);
  await vi.waitUntil(() => messages.length >= 1000, { interval: 1, timeout: 10_000 });
  await settled();
  expect(new Set(messages.map(({ messageId }) => messageId)).size).toBe(1000);
  expect(channel.stats.commands - before).toBeLessThanOrEqual(1001);
});

it('what stands in a payload is no line of the module after the session is given up either', async () => {
  const { module, channel, session, messages } = await openSession();
  session.abandon(new ModemError('SESSION_LOST', 'over'));
  const answer = channel.send('AT+X');
  await module.receives(/AT\+X/);
  await settled();
  module.send('\r\n+LMQTTURC: RECV,0,1,"t",15,\r\nERROR\r\n\r\nOK\r\n\r\n');
  module.send(OK);
  await expect(answer).resolves.toEqual({ lines: [], final: 'OK' });
  expect(channel.stats.strayResults).toBe(0);
  expect(messages.map(({ payload }) => payload.toString())).toEqual(['\r\nERROR\r\n\r\nOK\r\n']);
});
