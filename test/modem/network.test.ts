import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Modem } from '../../src/modem/modem.js';
import { requireNetwork, waitForRegistration } from '../../src/modem/network.js';
import { openModem } from '../../src/modem/open.js';
import { ok, ScriptedModule } from './scripted-module.js';

let module: ScriptedModule;
let modem: Modem;

beforeEach(async () => {
  module = new ScriptedModule();
  modem = await openModem(module.source);
  module.received.length = 0;
});

afterEach(() => modem.close());

/** Answers one after the other; the last one stays. */
function inTurn(...answers: string[]): () => string | undefined {
  return () => (answers.length > 1 ? answers.shift() : answers[0]);
}

describe('waitForRegistration', () => {
  test('resolves at once when registered', async () => {
    module.answers.set('AT+CEREG?', ok('+CEREG: 2,1,"25D5","0A1B2C3D",7'));
    expect(await modem.waitForRegistration()).toEqual({
      status: 'home',
      registered: true,
      tac: 0x25d5,
      cell: 0xa1b2c3d,
      act: 7,
    });
  });

  test('looks again as soon as a URC comes', async () => {
    module.answers.set('AT+CEREG?', inTurn(ok('+CEREG: 2,2'), ok('+CEREG: 2,5')));
    const waiting = modem.waitForRegistration({ pollInterval: 60_000 });
    await module.receives('AT+CEREG?');
    module.send('\r\n+CEREG: 5,"25D5","0A1B2C3D",7\r\n');
    expect(await waiting).toEqual({ status: 'roaming', registered: true });
    expect(modem.listenerCount('registration')).toBe(0);
  });

  test('looks again without a URC', async () => {
    module.answers.set('AT+CEREG?', inTurn(ok('+CEREG: 2,3'), ok('+CEREG: 2,0'), ok('+CEREG: 2,1')));
    expect(await modem.waitForRegistration({ pollInterval: 5 })).toMatchObject({ status: 'home' });
    expect(module.take()).toEqual(['AT+CEREG?', 'AT+CEREG?', 'AT+CEREG?']);
  });

  test('says why it gave up', async () => {
    module.answers.set('AT+CEREG?', ok('+CEREG: 2,3'));
    await expect(modem.waitForRegistration({ timeout: 0 })).rejects.toMatchObject({
      code: 'NOT_REGISTERED',
      message: 'the network refuses this SIM or this module',
    });
    expect(module.take()).toEqual(['AT+CEREG?']);
    expect(modem.listenerCount('registration')).toBe(0);
  });

  test('can be aborted while it waits', async () => {
    module.answers.set('AT+CEREG?', ok('+CEREG: 2,2'));
    const abort = new AbortController();
    const waiting = modem.waitForRegistration({ signal: abort.signal, pollInterval: 60_000 });
    const refused = expect(waiting).rejects.toMatchObject({ code: 'ABORTED' });
    await module.receives('AT+CEREG?');
    abort.abort();
    await refused;
    expect(modem.listenerCount('registration')).toBe(0);
  });

  test('ends when the port vanishes', async () => {
    module.answers.set('AT+CEREG?', () => {
      module.unplug();
      return undefined;
    });
    await expect(modem.waitForRegistration()).rejects.toMatchObject({ code: 'PORT_CLOSED' });
  });
});

test.each([
  ['timeout', { timeout: -1 }],
  ['timeout', { timeout: Number.NaN }],
  ['timeout', { timeout: Number.POSITIVE_INFINITY }],
  ['pollInterval', { pollInterval: 0 }],
])('a bad %s is refused before anything is asked', async (field, options) => {
  const refusal = { code: 'INVALID_ARGUMENT', field };
  await expect(modem.waitForRegistration(options)).rejects.toMatchObject(refusal);
  await expect(modem.requireNetwork(options)).rejects.toMatchObject(refusal);
  expect(module.received).toEqual([]);
});

describe('requireNetwork', () => {
  test('wants a SIM that is ready', async () => {
    module.answers.set('AT+CPIN?', ok('+CPIN: SIM PIN'));
    await expect(modem.requireNetwork()).rejects.toMatchObject({
      code: 'SIM_NOT_READY',
      message: 'the SIM wants its PIN (SIM PIN)',
    });
    expect(module.received).toEqual(['AT+CPIN?']);
  });

  test('gives a SIM time to start', async () => {
    module.answers.set(
      'AT+CPIN?',
      inTurn('\r\n+CME ERROR: 10\r\n', '\r\n+CME ERROR: 14\r\n', ok('+CPIN: READY')),
    );
    module.answers.set('AT+CEREG?', ok('+CEREG: 2,1'));
    expect(await modem.requireNetwork({ pollInterval: 5 })).toEqual({ status: 'home', registered: true });
    expect(module.take()).toEqual(['AT+CPIN?', 'AT+CPIN?', 'AT+CPIN?', 'AT+CEREG?']);
  });

  test('does not wait longer for the SIM than it may', async () => {
    module.answers.set('AT+CPIN?', '\r\n+CME ERROR: 10\r\n');
    await expect(modem.requireNetwork({ timeout: 0 })).rejects.toMatchObject({ code: 'SIM_NOT_READY' });
  });

  test('wants a registration', async () => {
    module.answers.set('AT+CPIN?', ok('+CPIN: READY'));
    module.answers.set('AT+CEREG?', ok('+CEREG: 2,0'));
    await expect(modem.requireNetwork({ timeout: 0 })).rejects.toMatchObject({ code: 'NOT_REGISTERED' });
  });
});

test('a URC that comes while the answer is under way is not missed', async () => {
  const source = Object.assign(new EventEmitter<{ registration: [never] }>(), {
    asked: 0,
    sim: async () => ({ state: 'ready' as const, raw: 'READY' }),
    registration: async () => {
      source.asked += 1;
      if (source.asked > 1) return { status: 'home' as const, registered: true };
      source.emit('registration', undefined as never);
      return { status: 'searching' as const, registered: false };
    },
  });
  await requireNetwork(source, { pollInterval: 60_000 });
  expect(source.asked).toBe(2);
  await expect(waitForRegistration(source)).resolves.toMatchObject({ status: 'home' });
});
