import { afterEach, describe, expect, it, vi } from 'vitest';
import { connect } from '../../src/client/connect.js';
import { openModem } from '../../src/modem/open.js';
import { AnsweringModule, info, OK, ok } from '../dialects/lmqtt/answering-module.js';
import { settled } from '../dialects/lmqtt/session-under-test.js';
import { BOOT, connected, eventsOf, happens, LOSS, OPTIONS } from './client-under-test.js';

afterEach(() => {
  vi.useRealTimers();
});

describe('after a loss', () => {
  it('tells offline, close, reconnect, connect, in this order', async () => {
    const { module, client } = await connected();
    const events = eventsOf(client);
    const states: boolean[][] = [];
    client.on('close', () => states.push([client.connected, client.reconnecting]));
    client.on('reconnect', () => states.push([client.connected, client.reconnecting]));
    client.on('connect', () => states.push([client.connected, client.reconnecting]));
    module.send(LOSS);
    await happens(client, 'connect');
    expect(events).toEqual(['offline', 'close', 'recovery session SESSION_LOST', 'reconnect 1', 'connect']);
    expect(states).toEqual([
      [false, false],
      [false, true],
      [true, false],
    ]);
    expect(client.stats.reconnects).toBe(1);
  });

  it('writes the whole connect again', async () => {
    const { module, client } = await connected();
    module.send(LOSS);
    await happens(client, 'connect');
    expect(module.lines).toEqual([
      'AT+CPIN?',
      'AT+CEREG?',
      'AT+LMQTTDISC=0',
      'AT+LMQTTCLOSE=0',
      'AT+LMQTTCFG="urc",0,1',
      'AT+LMQTTCFG="cache",0,0',
      'AT+LMQTTCFG="keepalive",0,120',
      'AT+LMQTTCFG="session",0,1',
      'AT+LMQTTCFG="version",0,4',
      'AT+LMQTTCFG="recv/mode",0,0,1',
      'AT+LMQTTOPEN=0,"broker.example",1883',
      'AT+LMQTTCONN=0,"meter-7"',
    ]);
  });

  it('tries again after an attempt that failed', async () => {
    const { module, client } = await connected();
    const events = eventsOf(client);
    module.answer(/OPEN=/, ok('+LMQTTOPEN: 0,-1,4'), ok('+LMQTTOPEN: 0,0'));
    module.answer(/CONN=/, ok('+LMQTTCONN: 0,0,3'), ok('+LMQTTCONN: 0,0,0'));
    module.send(LOSS);
    await happens(client, 'connect');
    expect(events).toEqual([
      'offline',
      'close',
      'recovery session SESSION_LOST',
      'reconnect 1',
      'error OPEN_FAILED',
      'recovery session OPEN_FAILED',
      'reconnect 2',
      'error CONNECT_REFUSED',
      'recovery session CONNECT_REFUSED',
      'reconnect 3',
      'connect',
    ]);
  });

  it('takes a loss in the same read as the last result for a failed attempt', async () => {
    const { module, client } = await connected();
    await client.subscribe('a');
    const events = eventsOf(client);
    module.answer(/SUBUNSUB=0,0,2/, ok('+LMQTTSUBUNSUB: 0,2,0', '+LMQTTURC: STATS,0,1'));
    module.send(LOSS);
    await happens(client, 'connect');
    expect(events.filter((event) => event.startsWith('error'))).toEqual(['error SESSION_LOST']);
    await client.publish('a', 'x', { qos: 1 });
  });

  it('an error that nobody listens for does not end the process', async () => {
    const { module, client } = await connected();
    module.answer(/OPEN=/, ok('+LMQTTOPEN: 0,-1,4'), ok('+LMQTTOPEN: 0,0'));
    module.send(LOSS);
    await happens(client, 'connect');
    expect(client.stats.reconnects).toBe(2);
  });
});

describe('recovers', () => {
  it('when the module restarts', async () => {
    const { module, client } = await connected();
    const events = eventsOf(client);
    module.send(BOOT);
    await happens(client, 'connect');
    expect(events.filter((event) => event !== 'reboot')).toEqual([
      'offline',
      'close',
      'recovery session REBOOTED',
      'reconnect 1',
      'connect',
    ]);
    expect(events).toContain('reboot');
  });

  it('when the port vanishes', async () => {
    const { module, client } = await connected();
    const events = eventsOf(client);
    module.unplug();
    await happens(client, 'connect');
    expect(events).toEqual(['offline', 'close', 'recovery port PORT_CLOSED', 'reconnect 1', 'connect']);
    await client.publish('a', 'x', { qos: 1 });
  });

  it('when the module restarts in the middle of an attempt', async () => {
    const { module, client } = await connected();
    const events = eventsOf(client);
    module.answer(/CONN=/, BOOT, ok('+LMQTTCONN: 0,0,0'));
    module.send(LOSS);
    await happens(client, 'connect');
    expect(events).toContain('error REBOOTED');
  });

  it('when a request runs out of time and the session is found dead', async () => {
    const { module, client } = await connected(
      new AnsweringModule()
        .answer(/PUB=0,1,/, '\r\n+CME ERROR: 3\r\n')
        .answer(/CONN\?/, info('+LMQTTCONN: 0,4')),
    );
    const events = eventsOf(client);
    await client.publish('a', 'x', { qos: 1 });
    expect(events).toEqual(['offline', 'close', 'recovery session SESSION_LOST', 'reconnect 1', 'connect']);
    expect(module.lines.at(-1)).toBe('AT+LMQTTPUB=0,2,1,0,"a",1,"x"');
  });

  it('by a reopened port when the module falls silent', async () => {
    const { module, client } = await connected();
    const events = eventsOf(client);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    module.silent = true;
    module.once('opened', () => {
      module.silent = false;
    });
    const published = client.publish('a', 'x', { qos: 1 });
    while (!events.includes('connect')) {
      await vi.advanceTimersByTimeAsync(1000);
      await settled();
    }
    await published;
    expect(events.slice(0, 2)).toEqual(['offline', 'close']);
    expect(events.filter((event) => event.startsWith('recovery')).at(-1)).toMatch(/^recovery port /);
    expect(client.stats).toMatchObject({ delivered: 1, outbox: 0 });
  });
});

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
    await expect(client.publish('a', 'x')).rejects.toMatchObject({ code: 'OPEN_FAILED' });
    await expect(client.subscribe('a')).rejects.toMatchObject({ code: 'OPEN_FAILED' });
    expect(client.reconnecting).toBe(false);
    expect(client.modem.closed).toBe(true);
    await client.end();
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
    await expect(connect(() => port, { ...OPTIONS, connectTimeout: 100 })).rejects.toMatchObject({
      code: 'TIMEOUT',
      message: 'connect: no result within 100 ms',
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
