import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { openModem } from '../../src/dialects/open-modem.js';
import { openTransport } from '../../src/transport/open.js';
import type { TraceEntry } from '../../src/transport/trace.js';
import { OK, ScriptedModule } from './scripted-module.js';

describe('start-up', () => {
  test('finds the module, proves that it is in step, then sets it up', async () => {
    const module = new ScriptedModule();
    const modem = await openModem(module.source);
    expect(module.received).toEqual(['AT', 'AT+CSQ', 'ATE0', 'AT+CMEE=1', 'AT+CEREG=2']);
    expect(modem.closed).toBe(false);
    expect(modem.stats().commands).toBe(3);
    await modem.close();
  });

  test('goes on without the settings that the module refuses', async () => {
    const module = new ScriptedModule();
    for (const line of ['ATE0', 'AT+CMEE=1', 'AT+CEREG=2']) module.answers.delete(line);
    const modem = await openModem(module.source);
    expect(await modem.signal()).toMatchObject({ rssi: -59 });
    await modem.close();
  });

  test('works with the echo on, and leaves it so when told', async () => {
    const module = new ScriptedModule();
    module.echo = true;
    const modem = await openModem(module.source, { echo: 'leave' });
    expect(module.received).not.toContain('ATE0');
    expect(await modem.signal()).toMatchObject({ rssi: -59 });
    await modem.close();
  });

  test('switches the echo off', async () => {
    const module = new ScriptedModule();
    module.echo = true;
    module.answers.set('ATE0', () => {
      module.echo = false;
      return OK;
    });
    const modem = await openModem(module.source);
    expect(await modem.signal()).toMatchObject({ rssi: -59 });
    await modem.close();
  });

  test('begins anew when the module restarts in the middle', async () => {
    const module = new ScriptedModule();
    let boots = 0;
    module.answers.set('AT+CMEE=1', () => {
      boots += 1;
      return boots === 1 ? "\x80^boot.rom'v\x80!\n" : OK;
    });
    const modem = await openModem(module.source);
    expect(module.received.filter((line) => line === 'ATE0')).toHaveLength(2);
    expect(module.received.slice(-3)).toEqual(['ATE0', 'AT+CMEE=1', 'AT+CEREG=2']);
    await modem.close();
  });

  test('gives up a module that restarts again and again', async () => {
    const module = new ScriptedModule();
    module.answers.set('ATE0', "^boot.rom'v\x80!\n");
    await expect(openModem(module.source)).rejects.toMatchObject({
      code: 'REBOOTED',
      marker: "^boot.rom'v\x80!",
    });
    expect(module.received.filter((line) => line === 'ATE0')).toHaveLength(8);
  });
});

describe('a start-up that fails closes the port', () => {
  test('silence', async () => {
    const module = new ScriptedModule();
    module.answers.set('AT', undefined);
    const port = await openTransport(module.source);
    const closed = once(port, 'close');
    await expect(openModem(() => port, { startTimeout: 500 })).rejects.toMatchObject({
      code: 'NOT_RESPONDING',
    });
    await closed;
  });

  test('abort', async () => {
    const module = new ScriptedModule();
    module.answers.set('AT', undefined);
    const port = await openTransport(module.source);
    const closed = once(port, 'close');
    const abort = new AbortController();
    const opening = openModem(() => port, { signal: abort.signal });
    const refused = expect(opening).rejects.toMatchObject({ code: 'ABORTED' });
    await module.receives('AT');
    abort.abort();
    await refused;
    await closed;
  });

  test('unplugged', async () => {
    const module = new ScriptedModule();
    module.answers.set('AT', () => {
      module.unplug();
      return undefined;
    });
    await expect(openModem(module.source)).rejects.toMatchObject({ code: 'PORT_CLOSED' });
  });

  test('a port that is not there', async () => {
    await expect(openModem('memory:nobody-serves-this')).rejects.toMatchObject({ code: 'PORT_NOT_FOUND' });
    await expect(openModem('')).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', field: 'port' });
  });
});

test.each([
  ['startTimeout', { startTimeout: 0 }],
  ['startTimeout', { startTimeout: Number.NaN }],
  ['echo', { echo: 'on' as 'off' }],
])('a bad %s is refused before the port opens', async (field, options) => {
  const source = () => {
    throw new Error('opened');
  };
  await expect(openModem(source, options)).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', field });
});

test('the trace shows both directions', async () => {
  const module = new ScriptedModule();
  const entries: TraceEntry[] = [];
  const modem = await openModem(module.source, { trace: (entry) => entries.push(entry) });
  await modem.close();
  const lines = entries.map(({ direction, bytes }) => `${direction} ${bytes.toString('latin1').trim()}`);
  const said = lines.filter((line) => line.length > 2);
  // A filler first, in case the module waits for a payload.
  const begun = said.indexOf('> AT');
  expect(said.slice(0, begun).join('')).toMatch(/^[> \x1b\r]{8000,}$/);
  expect(said.slice(begun)).toEqual([
    '> AT',
    '< OK',
    '> AT+CSQ',
    '< +CSQ: 27,99',
    '< OK',
    '> ATE0',
    '< OK',
    '> AT+CMEE=1',
    '< OK',
    '> AT+CEREG=2',
    '< OK',
  ]);
});
