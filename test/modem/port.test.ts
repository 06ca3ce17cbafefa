import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PACKET_DOMAIN_EVENT } from '../../src/at/urcs.js';
import { openModem } from '../../src/dialects/open-modem.js';
import type { Modem } from '../../src/modem/modem.js';
import { OK, ScriptedModule } from './scripted-module.js';

let module: ScriptedModule;
let modem: Modem;

beforeEach(async () => {
  module = new ScriptedModule();
  modem = await openModem(module.source, { startTimeout: 500 });
  module.received.length = 0;
});

afterEach(() => modem.close());

describe('close', () => {
  test('settles what is pending, and is told once', async () => {
    const closes: unknown[] = [];
    modem.on('close', (error) => closes.push(error));
    module.answers.set('AT+CSQ', undefined);
    const pending = expect(modem.signal()).rejects.toMatchObject({ code: 'CLOSED', command: 'AT+CSQ' });
    await module.receives('AT+CSQ');
    await Promise.all([modem.close(), modem.close()]);
    await pending;
    expect(closes).toEqual([undefined]);
    expect(modem.closed).toBe(true);
    expect(modem.stats()).toMatchObject({ opened: 1, reboots: 0 });
  });

  test('is final', async () => {
    await modem.close();
    await expect(modem.signal()).rejects.toMatchObject({ code: 'CLOSED' });
    await expect(modem.send('AT')).rejects.toMatchObject({ code: 'CLOSED' });
    await expect(modem.reopen()).rejects.toMatchObject({ code: 'CLOSED' });
    expect(module.received).toEqual([]);
  });

  test('ends a reopening', async () => {
    module.answers.set('AT', undefined);
    const reopening = expect(modem.reopen()).rejects.toMatchObject({ code: 'CLOSED' });
    await module.receives('AT');
    await modem.close();
    await reopening;
  });
});

describe('a lost port', () => {
  test('is told with its error, and fails what is pending and what comes', async () => {
    module.answers.set('AT+CSQ', undefined);
    const pending = expect(modem.signal()).rejects.toMatchObject({ code: 'PORT_CLOSED' });
    await module.receives('AT+CSQ');
    const close = once(modem, 'close');
    module.unplug();
    expect(await close).toMatchObject([{ code: 'PORT_CLOSED' }]);
    await pending;
    expect(modem.closed).toBe(true);
    await expect(modem.signal()).rejects.toMatchObject({ code: 'PORT_CLOSED' });
  });

  test('comes back with reopen, listeners and URC subscriptions included', async () => {
    const events: string[] = [];
    modem.onUrc(PACKET_DOMAIN_EVENT, (event) => events.push(event));
    const forget = modem.onUrc(PACKET_DOMAIN_EVENT, (event) => events.push(`forgotten ${event}`));
    const lost = once(modem, 'close');
    module.unplug();
    await lost;
    forget();

    await modem.reopen();
    expect(modem.closed).toBe(false);
    expect(module.received.at(-1)).toBe('AT+CEREG=2');
    const urc = once(modem, 'urc');
    const registration = once(modem, 'registration');
    module.send('\r\n+CGEV: NW DETACH\r\n\r\n+CEREG: 3\r\n');
    expect(await urc).toEqual(['+CGEV: NW DETACH']);
    expect(await registration).toEqual([{ status: 'denied', registered: false }]);
    expect(events).toEqual(['NW DETACH']);
  });
});

describe('reopen', () => {
  test('of an open port closes it first, without an event', async () => {
    let closes = 0;
    modem.on('close', () => {
      closes += 1;
    });
    module.answers.set('AT+CGATT?', undefined);
    const pending = expect(modem.attached()).rejects.toMatchObject({ code: 'CLOSED' });
    await module.receives('AT+CGATT?');
    await Promise.all([modem.reopen(), modem.reopen()]);
    await pending;
    expect(module.received.filter((line) => line === 'ATE0')).toHaveLength(1);
    expect(await modem.signal()).toMatchObject({ rssi: -59 });
    expect(closes).toBe(0);
  });

  test('that fails leaves the port closed, and can be tried again', async () => {
    module.answers.set('AT', undefined);
    await expect(modem.reopen()).rejects.toMatchObject({ code: 'NOT_RESPONDING' });
    expect(modem.closed).toBe(true);
    module.answers.set('AT', OK);
    await modem.reopen();
    expect(await modem.signal()).toMatchObject({ rssi: -59 });
  });
});

test('the SIM tells of itself', async () => {
  const sim = once(modem, 'sim');
  module.send('\r\n+CPIN: NOT INSERTED\r\n');
  expect(await sim).toEqual([{ state: 'absent', raw: 'NOT INSERTED' }]);
});

test('a line that came unasked is told to everyone, and its secrets are masked', async () => {
  const texts: (() => string)[] = [];
  const forget = modem.onUnsolicited((text) => texts.push(text));
  const secret = '+X: "aliauth",0,"a1X2bEnP82z","meter","hunter2hunter2"';
  const urc = once(modem, 'urc');
  module.send(`\r\n${secret}\r\n`);
  const [line] = await urc;
  expect(line).toBe('+X: "aliauth",0,"a1X2bEnP82z","meter","***"');
  expect(texts.map((text) => text())).toEqual([line]);
  forget();
  const next = once(modem, 'urc');
  module.send('\r\n+X: 1\r\n');
  expect(await next).toEqual(['+X: 1']);
  expect(texts).toHaveLength(1);
});
