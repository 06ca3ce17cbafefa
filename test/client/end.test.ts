import { describe, expect, it } from 'vitest';
import { connect } from '../../src/client/connect.js';
import { openModem } from '../../src/dialects/open-modem.js';
import { AnsweringModule, OK } from '../dialects/lmqtt/answering-module.js';
import { settled } from '../dialects/lmqtt/session-under-test.js';
import { connected, eventsOf, happens, LOSS, OPTIONS } from './client-under-test.js';

const HOUR = { reconnectPeriod: 3_600_000, maxReconnectPeriod: 3_600_000 };

describe('end', () => {
  it('says goodbye, closes the port, and tells close and end', async () => {
    const { module, client } = await connected();
    const events = eventsOf(client);
    await client.end();
    expect(module.lines).toEqual(['AT+LMQTTDISC=0', 'AT+LMQTTCLOSE=0']);
    expect(events).toEqual(['close', 'end']);
    expect(client.connected).toBe(false);
    expect(client.modem.closed).toBe(true);
  });

  it('may be called again', async () => {
    const { module, client } = await connected();
    const first = client.end();
    expect(client.end()).toBe(first);
    await first;
    await client.end();
    expect(module.lines).toEqual(['AT+LMQTTDISC=0', 'AT+LMQTTCLOSE=0']);
  });

  it('leaves nothing that keeps the process alive', async () => {
    const before = timers();
    const { module, client } = await connected(new AnsweringModule().answer(/PUB=/, OK));
    const published = client.publish('a', 'x', { qos: 1, timeout: 3_600_000 }).catch(({ code }) => code);
    await module.receives(/PUB=/);
    await client.end({ force: true });
    expect(await published).toBe('CLOSED');
    await settled();
    // A timer of the test runner may have ended meanwhile.
    expect(timers()).toBeLessThanOrEqual(before);
  });

  it('leaves a modem open that was given to it, without listeners', async () => {
    const module = new AnsweringModule();
    const modem = await openModem(module.open);
    const before = modem.eventNames();
    const client = await connect(modem, OPTIONS);
    await client.end();
    expect(modem.closed).toBe(false);
    expect(modem.eventNames()).toEqual(before);
    await modem.close();
  });

  it('refuses what is asked afterwards', async () => {
    const { client } = await connected();
    await client.end();
    await expect(client.publish('a', 'x')).rejects.toMatchObject({ code: 'CLOSED' });
    await expect(client.subscribe('a')).rejects.toMatchObject({ code: 'CLOSED' });
    await expect(client.unsubscribe('a')).rejects.toMatchObject({ code: 'CLOSED' });
  });

  it('refuses what is asked while it waits', async () => {
    const { module, client } = await connected(new AnsweringModule().answer(/PUB=/, OK));
    const published = client.publish('a', 'x', { qos: 1 });
    await module.receives(/PUB=/);
    const ended = client.end();
    await expect(client.publish('a', 'x')).rejects.toMatchObject({ code: 'CLOSED' });
    await expect(client.subscribe('a')).rejects.toMatchObject({ code: 'CLOSED' });
    module.send('\r\n+LMQTTPUB: 0,1,0\r\n');
    await Promise.all([published, ended]);
  });
});

describe('end with messages under way', () => {
  it('waits for them', async () => {
    const { module, client } = await connected(new AnsweringModule().answer(/PUB=/, OK));
    const published = ['1', '2'].map((text) => client.publish('a', text, { qos: 1 }));
    const ended = client.end();
    await module.receives(/PUB=0,2/);
    await settled();
    expect(module.lines.filter((line) => line.includes('DISC'))).toEqual([]);
    module.send('\r\n+LMQTTPUB: 0,1,0\r\n\r\n+LMQTTPUB: 0,2,0\r\n');
    await Promise.all([...published, ended]);
  });

  it.each([{ force: true }, { timeout: 1 }])('does not wait with %j', async (options) => {
    const { module, client } = await connected(new AnsweringModule().answer(/PUB=/, OK));
    const published = client.publish('a', 'x', { qos: 1 }).catch(({ code }) => code);
    await module.receives(/PUB=/);
    await client.end(options);
    expect(await published).toBe('CLOSED');
    expect(client.stats()).toMatchObject({ outbox: 0, delivered: 0 });
  });

  it('stops waiting when the session goes', async () => {
    const { module, client } = await connected(new AnsweringModule().answer(/PUB=/, OK), HOUR);
    const published = client.publish('a', 'x', { qos: 1 }).catch(({ code }) => code);
    await module.receives(/PUB=/);
    const ended = client.end({ timeout: 3_600_000 });
    module.send(LOSS);
    await ended;
    expect(await published).toBe('CLOSED');
  });
});

describe('end without a session', () => {
  it('while it waits for the next attempt', async () => {
    const { module, client } = await connected(new AnsweringModule(), HOUR);
    const closed = happens(client, 'close');
    module.send(LOSS);
    await closed;
    const events = eventsOf(client);
    const published = client.publish('a', 'x').catch(({ code }) => code);
    const subscribed = client.subscribe('a').catch(({ code }) => code);
    await client.end();
    expect(await Promise.all([published, subscribed])).toEqual(['CLOSED', 'CLOSED']);
    expect(events).toEqual(['end']);
    expect(client.reconnecting).toBe(false);
  });

  it.each([/OPEN=/, /CONN=/])('during an attempt, at %s, closes what is half open', async (command) => {
    const { module, client } = await connected();
    const events = eventsOf(client);
    module.answer(command, OK);
    module.send(LOSS);
    await module.receives(command);
    await settled();
    await client.end();
    expect(module.lines.slice(-2)).toEqual(['AT+LMQTTDISC=0', 'AT+LMQTTCLOSE=0']);
    expect(events.slice(-2)).toEqual(['reconnect 1', 'end']);
    expect(client.modem.closed).toBe(true);
  });

  it.each(['offline', 'close', 'reconnect', 'connect'] as const)('called in a %s listener', async (event) => {
    const { module, client } = await connected();
    const ended = happens(client, 'end');
    client.once(event, () => void client.end());
    module.send(LOSS);
    await ended;
    expect(client.modem.closed).toBe(true);
    expect(client.connected).toBe(false);
  });

  it('called in the last error listener', async () => {
    const { module, client } = await connected(new AnsweringModule(), { reconnectPeriod: 0 });
    const events = eventsOf(client);
    client.once('error', () => void client.end());
    const ended = happens(client, 'end');
    module.send(LOSS);
    await ended;
    await client.end();
    expect(events).toEqual(['offline', 'close', 'error SESSION_LOST', 'end']);
  });

  it('called in a close listener of a client that does not reconnect reports no error', async () => {
    const { module, client } = await connected(new AnsweringModule(), { reconnectPeriod: 0 });
    const events = eventsOf(client);
    client.once('close', () => void client.end());
    const ended = happens(client, 'end');
    module.send(LOSS);
    await ended;
    expect(events).toEqual(['offline', 'close', 'end']);
  });

  it('when the port has vanished', async () => {
    const { module, client } = await connected(new AnsweringModule(), HOUR);
    const closed = happens(client, 'close');
    module.unplug();
    await closed;
    await client.end();
    expect(client.modem.closed).toBe(true);
  });

  it('when the port vanishes during the farewell', async () => {
    const { module, client } = await connected();
    module.answer(/DISC=/, () => {
      module.unplug();
      return undefined;
    });
    const events = eventsOf(client);
    await client.end();
    expect(events).toEqual(['close', 'end']);
  });
});

function timers(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
}
