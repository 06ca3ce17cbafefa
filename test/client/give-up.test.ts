import { describe, expect, it } from 'vitest';
import { connect } from '../../src/client/connect.js';
import { openModem } from '../../src/dialects/open-modem.js';
import { AnsweringModule, info, OK, ok } from '../dialects/lmqtt/answering-module.js';
import { settled } from '../dialects/lmqtt/session-under-test.js';
import { connected, eventsOf, happens, LOSS, OPTIONS } from './client-under-test.js';

describe('gives up', () => {
  it('after maxReconnectAttempts, and says why', async () => {
    const { module, client } = await connected(new AnsweringModule(), { maxReconnectAttempts: 2 });
    const events = eventsOf(client);
    module.answer(/OPEN=/, ok('+LMQTTOPEN: 0,-1,4'));
    module.send(LOSS);
    await happens(client, 'close');
    const published = client.publish('a', 'x', { qos: 1 }).catch(({ code }) => code);
    const subscribed = client.subscribe('b').catch(({ code }) => code);
    await happens(client, 'end');
    expect(events).toEqual([
      'offline',
      'close',
      'recovery session SESSION_LOST',
      'reconnect 1',
      'error OPEN_FAILED',
      'recovery session OPEN_FAILED',
      'reconnect 2',
      'error OPEN_FAILED',
      'error OPEN_FAILED',
      'end',
    ]);
    expect(await Promise.all([published, subscribed])).toEqual(['OPEN_FAILED', 'OPEN_FAILED']);
    await expect(client.publish('a', 'x')).rejects.toMatchObject({
      code: 'OPEN_FAILED',
      message:
        'While opening the session: open failed: domain name could not be resolved (result -1, extend 4). ' +
        'atmqtt gives up after attempt 2',
    });
    await expect(client.subscribe('a')).rejects.toMatchObject({ code: 'OPEN_FAILED' });
    expect(client.reconnecting).toBe(false);
    expect(client.modem.closed).toBe(true);
    await client.end();
  });

  it('after maxReconnectAttempts sessions that were lost as soon as they were up', async () => {
    const { module, client } = await connected(new AnsweringModule(), { maxReconnectAttempts: 4 });
    const events = eventsOf(client);
    const sentences: string[] = [];
    client.on('recovery', ({ sentence }) => sentences.push(sentence));
    client.on('connect', () => module.send(LOSS));
    module.send(LOSS);
    const [error] = await happens(client, 'error');
    expect(events.filter((event) => event.startsWith('re'))).toEqual(
      [1, 2, 3, 4].flatMap((attempt) => ['recovery session SESSION_LOST', `reconnect ${attempt}`]),
    );
    const rival =
      'short sessions in a row were closed: perhaps another client uses the client id "meter-7" too, and the broker ' +
      'ends the older session each time';
    expect(sentences.map((sentence) => sentence.includes('another client'))).toEqual([
      false,
      false,
      true,
      true,
    ]);
    expect(sentences[2]).toContain(`. 3 ${rival}. `);
    expect(error).toMatchObject({
      code: 'SESSION_LOST',
      message: `While the session was up: session lost: closed or reset by the server (status 1). 5 ${rival}. atmqtt gives up after attempt 4`,
    });
  });

  it('but not while the broker acknowledges something in each session', async () => {
    const { module, client } = await connected(new AnsweringModule(), { maxReconnectAttempts: 2 });
    const events = eventsOf(client);
    for (let round = 0; round < 5; round += 1) {
      module.send(LOSS);
      await happens(client, 'connect');
      await client.publish('a', 'x', { qos: 1 });
    }
    expect(events.filter((event) => event.startsWith('reconnect'))).toEqual(Array(5).fill('reconnect 1'));
  });

  it('at once with reconnectPeriod 0', async () => {
    const { module, client } = await connected(new AnsweringModule(), { reconnectPeriod: 0 });
    const events = eventsOf(client);
    module.send(LOSS);
    await happens(client, 'end');
    expect(events).toEqual(['offline', 'close', 'error SESSION_LOST', 'end']);
  });

  it('when the modem is closed under it', async () => {
    const module = new AnsweringModule();
    const modem = await openModem(module.open);
    const client = await connect(modem, OPTIONS);
    await happens(client, 'connect');
    const events = eventsOf(client);
    const ended = happens(client, 'end');
    await modem.close();
    await ended;
    expect(events).toEqual(['offline', 'close', 'error CLOSED', 'end']);
    await expect(client.publish('a', 'x')).rejects.toMatchObject({ code: 'CLOSED' });
  });

  it('when the modem is closed during an attempt', async () => {
    const module = new AnsweringModule();
    const modem = await openModem(module.open);
    const client = await connect(modem, OPTIONS);
    await happens(client, 'connect');
    module.answer(/CONN=/, OK);
    module.take();
    module.send(LOSS);
    await module.receives(/CONN=/);
    await settled();
    const ended = happens(client, 'end');
    await modem.close();
    await ended;
    await expect(client.subscribe('a')).rejects.toMatchObject({ code: 'CLOSED' });
  });
});

describe('one attempt', () => {
  it('has a limit', async () => {
    const module = new AnsweringModule().answer(/OPEN=/, OK);
    const port = module.open();
    await expect(connect(() => port, { ...OPTIONS, connectTimeout: 500 })).rejects.toMatchObject({
      code: 'TIMEOUT',
      message: 'connect: no result within 500 ms',
    });
    expect(module.lines.slice(-2)).toEqual(['AT+LMQTTDISC=0', 'AT+LMQTTCLOSE=0']);
    expect(port.destroyed).toBe(true);
  });

  it('can be given up', async () => {
    const module = new AnsweringModule().answer(/CONN=/, OK);
    const port = module.open();
    const abort = new AbortController();
    const connecting = connect(() => port, { ...OPTIONS, signal: abort.signal });
    const refused = expect(connecting).rejects.toMatchObject({ code: 'ABORTED', cause: 'enough' });
    await module.receives(/CONN=/);
    await settled();
    abort.abort('enough');
    await refused;
    expect(port.destroyed).toBe(true);
  });

  it('is given up even if that shares a read with its last result', async () => {
    const module = new AnsweringModule().answer(/CONN=/, ok('+LMQTTCONN: 0,0,0', '+X: 1'));
    const modem = await openModem(module.open);
    const abort = new AbortController();
    modem.once('urc', () => abort.abort());
    await expect(connect(modem, { ...OPTIONS, signal: abort.signal })).rejects.toMatchObject({
      code: 'ABORTED',
    });
    expect(module.lines.slice(-2)).toEqual(['AT+LMQTTDISC=0', 'AT+LMQTTCLOSE=0']);
    await modem.close();
  });

  it('needs a network', async () => {
    const module = new AnsweringModule().answer(/CEREG\?/, info('+CEREG: 2,3'));
    await expect(connect(module.open, { ...OPTIONS, registrationTimeout: 0 })).rejects.toMatchObject({
      code: 'NOT_REGISTERED',
    });
    expect(module.lines.filter((line) => line.includes('LMQTT'))).toEqual([]);
  });
});
