import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openModem } from '../../src/dialects/open-modem.js';
import type { ModemError } from '../../src/errors/modem-error.js';
import type { Identity } from '../../src/modem/identity.js';
import type { Modem } from '../../src/modem/modem.js';
import { requireNetwork, waitForRegistration } from '../../src/modem/network.js';
import { OK, ok, ScriptedModule } from './scripted-module.js';

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

describe('an answer that is late within a longer wait', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
  afterEach(() => void vi.useRealTimers());

  /** Answers so many ms after the question. */
  function lateBy(ms: number, answer: string): () => undefined {
    return () => {
      setTimeout(() => module.send(answer), ms);
      return undefined;
    };
  }

  async function outcome<T>(promise: Promise<T>): Promise<T | ModemError> {
    let settled: { readonly value: T | ModemError } | undefined;
    promise.then(
      (value) => {
        settled = { value };
      },
      (error) => {
        settled = { value: error };
      },
    );
    for (let steps = 0; settled === undefined && steps < 500; steps += 1) {
      for (let turns = 0; turns < 4; turns += 1) await new Promise((resolve) => setImmediate(resolve));
      await vi.advanceTimersByTimeAsync(100);
    }
    return settled?.value as T | ModemError;
  }

  test('is waited for: the registration of a module that takes 8 s for it, each time', async () => {
    module.answers.set('AT+CEREG?', lateBy(8_000, ok('+CEREG: 2,1')));
    expect(await outcome(modem.waitForRegistration({ timeout: 60_000 }))).toMatchObject({ status: 'home' });
  });

  test('is waited for: the SIM, in a wait for the network', async () => {
    module.answers.set('AT+CPIN?', lateBy(8_000, ok('+CPIN: READY')));
    module.answers.set('AT+CEREG?', ok('+CEREG: 2,1'));
    expect(await outcome(modem.requireNetwork({ timeout: 60_000 }))).toMatchObject({ status: 'home' });
  });

  test('ends the wait when that is over', async () => {
    module.answers.set('AT+CEREG?', lateBy(8_000, ok('+CEREG: 2,1')));
    expect(await outcome(modem.waitForRegistration({ timeout: 3_000 }))).toMatchObject({ code: 'TIMEOUT' });
  });

  test.each(['ATE0', 'AT+CMEE=1', 'AT+CEREG=2'])('ends no start-up: %s', async (line) => {
    module.answers.set(line, lateBy(8_000, OK));
    expect(await outcome(modem.startUp())).toBeUndefined();
    expect(await outcome(modem.signal())).toMatchObject({ rssi: -59 });
  });

  test('hides nothing else of the identity', async () => {
    module.answers.set('AT+CGMM', ok('NT26-KCN'));
    module.answers.set('AT+CGMI', lateBy(8_000, ok('Lierda')));
    const identity = await outcome(modem.identity());
    expect(identity).toMatchObject({ manufacturer: '', model: 'NT26-KCN' });
    expect((identity as Identity).problems?.manufacturer).toContain('no final result code within 5000 ms');
  });
});
