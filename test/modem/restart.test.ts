import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openModem } from '../../src/dialects/open-modem.js';
import type { Modem } from '../../src/modem/modem.js';
import { OK, ok, ScriptedModule } from './scripted-module.js';

const BOOT = "\xff\xfe^boot.rom'v\x80!\n";

let module: ScriptedModule;
let modem: Modem;

beforeEach(async () => {
  module = new ScriptedModule();
  modem = await openModem(module.source, { startTimeout: 500 });
  module.received.length = 0;
});

afterEach(() => modem.close());

describe('a restart', () => {
  test('fails what is pending, tells it, and runs the start-up', async () => {
    module.answers.set('AT+CGATT?', undefined);
    const pending = expect(modem.attached()).rejects.toMatchObject({
      code: 'REBOOTED',
      command: 'AT+CGATT?',
    });
    const queued = expect(modem.signal()).rejects.toMatchObject({ code: 'REBOOTED', command: 'AT+CSQ' });
    await module.receives('AT+CGATT?');
    const ready = once(modem, 'ready');
    const reboot = once(modem, 'reboot');
    module.send(BOOT);
    await Promise.all([pending, queued, ready]);
    expect(await reboot).toEqual(["^boot.rom'v\x80!"]);
    expect(module.received).toEqual(['AT+CGATT?', 'AT', 'AT+CSQ', 'ATE0', 'AT+CMEE=1', 'AT+CEREG=2']);
  });

  test('lets what is asked afterwards wait for the start-up', async () => {
    module.answers.set('AT+CGATT?', ok('+CGATT: 1'));
    const attached = once(modem, 'reboot').then(() => modem.attached());
    module.send(BOOT);
    expect(await attached).toBe(true);
    expect(module.received.slice(-2)).toEqual(['AT+CEREG=2', 'AT+CGATT?']);
  });

  test('is told once, however many markers it has', async () => {
    const markers: string[] = [];
    modem.on('reboot', (marker) => markers.push(marker));
    const ready = once(modem, 'ready');
    module.send(`\r\nNORMAL POWER DOWN\r\n${BOOT}\r\nLierda\r\n\r\nRDY\r\n`);
    await ready;
    expect(markers).toEqual(['NORMAL POWER DOWN']);
  });

  test('without return is told', async () => {
    module.answers.set('AT', undefined);
    const unresponsive = once(modem, 'unresponsive');
    module.send('\r\nNORMAL POWER DOWN\r\n');
    expect(await unresponsive).toMatchObject([{ code: 'NOT_RESPONDING' }]);
    expect(modem.closed).toBe(false);
  });
});

describe('reset', () => {
  test('waits until the module is back and set up, with its radio on', async () => {
    module.answers.set('AT+CFUN=0,1', `${OK}${BOOT}`);
    module.answers.set('AT+CFUN=1', OK);
    await modem.reset();
    expect(module.received).toEqual([
      'AT+CFUN=0,1',
      'AT',
      'AT+CSQ',
      'ATE0',
      'AT+CMEE=1',
      'AT+CEREG=2',
      'AT+CFUN=1',
    ]);
  });

  test('may come before its OK', async () => {
    module.answers.set('AT+CFUN=0,1', BOOT);
    module.answers.set('AT+CFUN=1', OK);
    await modem.reset();
    expect(module.received.at(-1)).toBe('AT+CFUN=1');
  });

  test('can be refused', async () => {
    await expect(modem.reset()).rejects.toMatchObject({ code: 'COMMAND_FAILED', command: 'AT+CFUN=0,1' });
    expect(modem.listenerCount('reboot')).toBe(0);
  });

  test('can be given up', async () => {
    module.answers.set('AT+CFUN=0,1', OK);
    const abort = new AbortController();
    const resetting = expect(modem.reset({ signal: abort.signal })).rejects.toMatchObject({
      code: 'ABORTED',
    });
    await module.receives('AT+CFUN=0,1');
    abort.abort();
    await resetting;
    expect(modem.listenerCount('reboot')).toBe(0);
  });

  test('fails when the port vanishes', async () => {
    module.answers.set('AT+CFUN=0,1', OK);
    const resetting = expect(modem.reset()).rejects.toMatchObject({ code: 'PORT_CLOSED' });
    await module.receives('AT+CFUN=0,1');
    module.unplug();
    await resetting;
  });
});

describe('powerOff', () => {
  test('does not call the module back, until it boots', async () => {
    module.answers.set('AT+MPOF=1', `${OK}\r\nNORMAL POWER DOWN\r\n`);
    const reboot = once(modem, 'reboot');
    await modem.powerOff();
    await reboot;
    expect(module.received).toEqual(['AT+MPOF=1']);
    const ready = once(modem, 'ready');
    module.send(BOOT);
    await ready;
    expect(module.received.at(-1)).toBe('AT+CEREG=2');
  });

  test('refused, leaves the next power-down unexpected', async () => {
    await expect(modem.powerOff()).rejects.toMatchObject({ code: 'COMMAND_FAILED' });
    const ready = once(modem, 'ready');
    module.send('\r\nNORMAL POWER DOWN\r\n');
    await ready;
    expect(module.received.at(-1)).toBe('AT+CEREG=2');
  });
});
