import { describe, expect, it, onTestFinished } from 'vitest';
import { Channel } from '../../../src/at/channel.js';
import type { CommandPort } from '../../../src/at/command.js';
import { LMQTT } from '../../../src/dialects/lmqtt/dialect.js';
import { LMQTT_IDENTITY } from '../../../src/dialects/lmqtt/identity.js';
import { ModemError } from '../../../src/errors/modem-error.js';
import { Modem } from '../../../src/modem/modem.js';
import { AnsweringModule, ERROR, info, OK, ok } from './answering-module.js';
import { OPTIONS, openSession, settled } from './session-under-test.js';

const RECV = (...ids: number[]) => ids.map((id) => `\r\n+LMQTTURC: RECV,0,${id}\r\n`).join('');
const READS = /READ=0,(\d+)/;
const read = ([, id]: RegExpExecArray) => info(`+LMQTTREAD: 0,${id},"t",2,m${String(id).at(-1)}`);

/** A module that keeps these messages, each until it is fetched. */
function keeping(...ids: number[]): AnsweringModule {
  const kept = new Set(ids.map(String));
  return new AnsweringModule().answer(READS, (line) => (kept.delete(line[1] ?? '') ? read(line) : ERROR));
}

/** Another session on the same port, open. */
async function nextSession(port: CommandPort) {
  const told: number[] = [];
  const session = LMQTT.createSession(
    port,
    { ...OPTIONS, buffered: true },
    { message: ({ messageId }) => told.push(messageId), lost: () => {}, degraded: () => {} },
  );
  await session.open();
  return told;
}

/** A buffered session on a port that can be opened again. */
async function onModem(module: AnsweringModule) {
  const modem = new Modem(module.open, LMQTT_IDENTITY);
  onTestFinished(() => modem.close());
  await modem.reopen();
  const messages: number[] = [];
  const degraded: string[] = [];
  const session = LMQTT.createSession(
    modem,
    { ...OPTIONS, buffered: true },
    {
      message: ({ messageId }) => messages.push(messageId),
      lost: () => {},
      degraded: ({ consequence }) => degraded.push(consequence),
    },
  );
  await session.open();
  module.take();
  return { modem, session, messages, degraded };
}

const reads = (module: AnsweringModule) =>
  module.lines.flatMap((line) => /READ=0,(\d+)|(DISC|CLOSE|OPEN)=/.exec(line)?.slice(1, 3).join('') ?? []);

describe('what is announced and not fetched', () => {
  it('is fetched before a session is closed, also what comes before CLOSE', async () => {
    const module = new AnsweringModule().answer(READS, undefined, read);
    const { session, messages } = await openSession(module, { buffered: true });
    module.answer(/DISC=0/, ok('+LMQTTDISC: 0,0', '+LMQTTURC: RECV,0,3'));
    module.send(RECV(1, 2));
    await module.receives(/READ=0,1/);
    const closed = session.close();
    await settled();
    module.send(info('+LMQTTREAD: 0,1,"t",2,m1'));
    await closed;
    expect(reads(module)).toEqual(['1', '2', 'DISC', '3', 'CLOSE']);
    expect(messages.map(({ messageId }) => messageId)).toEqual([1, 2, 3]);
  });

  it('is fetched by drain', async () => {
    const module = new AnsweringModule().answer(READS, undefined, read);
    const { session, messages } = await openSession(module, { buffered: true });
    await session.drain();
    module.send(RECV(1, 2));
    await module.receives(/READ=0,1/);
    const drained = session.drain();
    module.send(info('+LMQTTREAD: 0,1,"t",2,m1'));
    await drained;
    expect(messages.map(({ messageId }) => messageId)).toEqual([1, 2]);
    const abort = new AbortController();
    module.answer(READS, undefined);
    module.send(RECV(3));
    await module.receives(/READ=0,3/);
    const given = session.drain({ signal: abort.signal });
    abort.abort();
    await given;
  });

  it('is fetched by the next session, before it clears away the last one', async () => {
    const module = keeping(7, 8, 9);
    const { channel, session, messages } = await openSession(module, { buffered: true });
    session.abandon(new ModemError('SESSION_LOST', 'over'));
    module.send(RECV(7, 8, 9));
    await settled();
    expect(module.lines).toEqual([]);
    await nextSession(channel);
    expect(reads(module)).toEqual(['7', '8', '9', 'DISC', 'CLOSE', 'OPEN']);
    expect(messages.map(({ messageId }) => messageId)).toEqual([7, 8, 9]);
  });

  it('is told when it cannot be fetched in time', async () => {
    const { module, session, degraded } = await openSession(new AnsweringModule().answer(READS, undefined), {
      buffered: true,
    });
    module.send(RECV(1, 2, 3));
    await module.receives(/READ=0,1/);
    const abort = new AbortController();
    const closed = session.close({ signal: abort.signal }).catch(() => {});
    abort.abort();
    await closed;
    expect(degraded).toEqual([
      { setting: 'cache', consequence: '3 announced messages were not fetched in time' },
    ]);
  });

  it('is nothing after a restart', async () => {
    const module = keeping(7);
    const { channel, session } = await openSession(module, { buffered: true });
    session.abandon(new ModemError('REBOOTED', 'the module restarted'));
    await nextSession(channel);
    expect(reads(module)).toEqual(['DISC', 'CLOSE', 'OPEN']);
  });
});

describe('what was announced while the port was away', () => {
  it('is looked for by the ids behind the last one, until the module has none', async () => {
    const module = keeping(5, 6, 7, 8);
    const { modem, session, messages, degraded } = await onModem(module);
    module.send(RECV(5));
    await module.receives(/READ=0,5/);
    await settled();
    session.abandon(new ModemError('PORT_CLOSED', 'gone'));
    module.unplug();
    await modem.reopen();
    await nextSession(modem);
    expect(reads(module)).toEqual(['5', '6', '7', '8', '9', 'DISC', 'CLOSE', 'OPEN']);
    expect(messages).toEqual([5, 6, 7, 8]);
    expect(degraded).toEqual([]);
  });

  it('comes before what is announced when the port is back', async () => {
    const module = keeping(1, 2, 3, 4);
    const { modem, session, messages, degraded } = await onModem(module);
    session.abandon(new ModemError('PORT_FAILED', 'gone'));
    module.unplug();
    await modem.reopen();
    module.send(RECV(3));
    await settled();
    await nextSession(modem);
    expect(reads(module)).toEqual(['1', '2', '3', '4', '5', 'DISC', 'CLOSE', 'OPEN']);
    expect(messages).toEqual([1, 2, 3, 4]);
    expect(degraded).toEqual([]);
  });

  it('includes one whose fetching the loss has cut short', async () => {
    const module = new AnsweringModule().answer(READS, undefined, read, read, ERROR);
    const { modem, session, messages, degraded } = await onModem(module);
    module.send(RECV(65_535));
    await module.receives(/READ=/);
    module.unplug();
    await settled();
    session.abandon(new ModemError('PORT_CLOSED', 'gone'));
    await modem.reopen();
    module.take();
    await nextSession(modem);
    expect(reads(module)).toEqual(['65535', '1', '2', 'DISC', 'CLOSE', 'OPEN']);
    expect(messages).toEqual([65_535, 1]);
    expect(degraded).toEqual([]);
  });

  it('is not looked for where messages are not announced', async () => {
    const module = new AnsweringModule();
    const channel = new Channel(module.open(), { wakeAfter: 0 });
    onTestFinished(() => channel.close());
    const session = LMQTT.createSession(channel, OPTIONS, {
      message: () => {},
      lost: () => {},
      degraded: () => {},
    });
    await session.open();
    session.abandon(new ModemError('NOT_RESPONDING', 'silent'));
    module.take();
    module.answer(/CFG=/, OK);
    await nextSession(channel);
    expect(reads(module)).toEqual(['DISC', 'CLOSE', 'OPEN']);
  });
});
