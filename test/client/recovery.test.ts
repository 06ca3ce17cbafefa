import { afterEach, describe, expect, it, vi } from 'vitest';
import { AnsweringModule, info, ok } from '../dialects/lmqtt/answering-module.js';
import { settled } from '../dialects/lmqtt/session-under-test.js';
import { BOOT, connected, eventsOf, happens, LOSS } from './client-under-test.js';

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
    expect(client.stats().reconnects).toBe(1);
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
      'AT+LMQTTCFG="will",0,0',
      'AT+LMQTTCFG="sslenable",0,0,0',
      'AT+LMQTTCFG="aliauth",0,"","",""',
      'AT+LMQTTCFG="cloud",0,0,0',
      'AT+LMQTTCFG="send/mode",0,0',
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

  it('waits longer each time, and from the beginning after a loss of another kind', async () => {
    const { module, client } = await connected(new AnsweringModule(), {
      reconnectPeriod: 16,
      maxReconnectPeriod: 1000,
    });
    const delays: number[] = [];
    client.on('recovery', ({ delay }) => delays.push(delay));
    for (let loss = 0; loss < 4; loss += 1) {
      module.send(LOSS);
      await happens(client, 'connect');
    }
    module.unplug();
    await happens(client, 'connect');
    expect(delays.map((delay, index) => delay >= 8 * 2 ** index)).toEqual([true, true, true, true, false]);
    expect(delays[4]).toBeLessThanOrEqual(16);
  });

  it('an error that nobody listens for does not end the process', async () => {
    const { module, client } = await connected();
    module.answer(/OPEN=/, ok('+LMQTTOPEN: 0,-1,4'), ok('+LMQTTOPEN: 0,0'));
    module.send(LOSS);
    await happens(client, 'connect');
    expect(client.stats().reconnects).toBe(2);
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

  it('when the port vanishes between two attempts', async () => {
    const { module, client } = await connected(new AnsweringModule(), {
      reconnectPeriod: 40,
      maxReconnectPeriod: 40,
    });
    const events = eventsOf(client);
    const stages: string[] = [];
    client.on('recovery', ({ stage, delay }) => stages.push(`${stage} ${delay > 0}`));
    module.send(LOSS);
    await happens(client, 'offline');
    module.unplug();
    await happens(client, 'connect');
    expect(events).toEqual([
      'offline',
      'close',
      'recovery session SESSION_LOST',
      'recovery port PORT_CLOSED',
      'reconnect 1',
      'connect',
    ]);
    expect(stages).toEqual(['up true', 'pause false']);
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
        .answer(/PUB=0,[12],/, '\r\n+CME ERROR: 3\r\n')
        .answer(/CONN\?/, info('+LMQTTCONN: 0,4')),
    );
    const events = eventsOf(client);
    await client.publish('a', 'x', { qos: 1 });
    expect(events).toEqual(['offline', 'close', 'recovery session SESSION_LOST', 'reconnect 1', 'connect']);
    expect(module.lines.at(-1)).toBe('AT+LMQTTPUB=0,3,1,0,"a",1,"x"');
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
    expect(client.stats()).toMatchObject({ delivered: 1, outbox: 0 });
  });
});
