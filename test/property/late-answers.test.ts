import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DialectSession, InboundMessage } from '../../src/dialects/dialect.js';
import { LMQTT } from '../../src/dialects/lmqtt/dialect.js';
import { LMQTT_IDENTITY } from '../../src/dialects/lmqtt/identity.js';
import { ModemError } from '../../src/errors/modem-error.js';
import { Modem } from '../../src/modem/modem.js';
import { OPTIONS } from '../dialects/lmqtt/session-under-test.js';
import { type Late, LateModule, type Lateness } from './late-module.js';

/** What a late answer may come to: never a result that is not the command's own. */
const HONEST = ['TIMEOUT', 'SESSION_LOST', 'NOT_RESPONDING', 'ABORTED'];

const SETTINGS = ['urc', 'cache', 'keepalive', 'session', 'version', 'recv/mode'];

let modem: Modem | undefined;
let module: LateModule | undefined;
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(async () => {
  vi.useRealTimers();
  await modem?.close();
});

/** Resolves when nothing goes over the wire any more unless time passes. */
async function quiet(): Promise<void> {
  for (let seen = -1; seen !== (module?.activity ?? 0); ) {
    seen = module?.activity ?? 0;
    for (let turns = 0; turns < 10; turns += 1) await new Promise((resolve) => setImmediate(resolve));
  }
}

/** The outcome of a promise, however much time has to pass. */
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
  for (let steps = 0; settled === undefined && steps < 2_000; steps += 1) {
    await quiet();
    if (settled === undefined) await vi.advanceTimersToNextTimerAsync();
  }
  if (settled === undefined) throw new Error('it hangs');
  return settled.value;
}

/** Tries until it succeeds; all failures before must be honest. */
async function tried<T>(run: () => Promise<T>): Promise<T> {
  let failure: ModemError | undefined;
  for (let tries = 0; tries < 4; tries += 1) {
    const value = await outcome(run());
    if (!(value instanceof ModemError)) return value;
    expect(HONEST, value.message).toContain(value.code);
    failure = value;
  }
  throw new Error('it does not recover', { cause: failure });
}

class Life {
  readonly module: LateModule;
  readonly messages: InboundMessage[] = [];
  readonly #modem: Modem;
  #session: DialectSession | undefined;

  constructor(late: Late) {
    this.module = new LateModule(late);
    module = this.module;
    this.#modem = new Modem(this.module.open, LMQTT_IDENTITY);
    modem = this.#modem;
  }

  get modem(): Modem {
    return this.#modem;
  }

  /** One attempt to get a session. */
  async connect(buffered = false): Promise<void> {
    const session = LMQTT.createSession(
      this.#modem,
      { ...OPTIONS, buffered },
      {
        message: (message) => this.messages.push(message),
        lost: () => {
          this.#session = undefined;
        },
        degraded: () => {},
      },
    );
    await session.open();
    expect(this.module.connected).toBe(true);
    expect([...this.module.settings]).toEqual(expect.arrayContaining(SETTINGS));
    this.#session = session;
  }

  async #connected(): Promise<DialectSession> {
    if (this.#session === undefined) await tried(() => this.connect(this.#buffered));
    return this.#session as DialectSession;
  }

  #buffered = false;

  /** Start-up, a session with everything in it, its end, and another session. */
  async live(buffered = false): Promise<void> {
    this.#buffered = buffered;
    await tried(() => this.#modem.reopen());
    expect(await tried(() => this.#modem.sim())).toMatchObject({ state: 'ready' });
    expect(await tried(() => this.#modem.registration())).toMatchObject({ registered: true });
    await tried(() => this.connect(buffered));
    await tried(async () => (await this.#connected()).subscribe([{ topic: 'down', qos: 1 }]));
    for (const payload of ['inline', 'da\r\nta']) await this.publish(payload);
    await outcome((await this.#connected()).verify());
    if (buffered) await this.read();
    await outcome(this.close());
    await tried(() => this.connect(buffered));
    await this.publish('last');
    expect(this.module.wasLate).toBe(true);
  }

  async close(): Promise<void> {
    await this.#session?.close();
    this.#session = undefined;
  }

  async publish(text: string): Promise<void> {
    const publication = { topic: 'up', payload: Buffer.from(text), qos: 1, retain: false } as const;
    await tried(async () => (await this.#connected()).publish(publication));
    expect(this.module.published).toContain(text);
  }

  async read(): Promise<void> {
    for (const id of [7, 8]) {
      this.module.announce(id);
      await outcome((await this.#connected()).verify());
    }
    await outcome(this.#modem.registration());
    expect(this.messages.length).toBeGreaterThan(0);
    for (const message of this.messages)
      expect(message).toMatchObject({ topic: 'down', payload: Buffer.from('hi') });
  }
}

const ONE_STAGE = [
  /^AT$/,
  /^ATE0/,
  /CMEE/,
  /CEREG=2/,
  /CPIN/,
  /CEREG\?/,
  ...SETTINGS.map((key) => new RegExp(`CFG="${key}"`)),
  /CONN\?/,
];

const TWO_STAGES = [/OPEN=/, /CONN=/, /SUBUNSUB/, /PUB=.*"inline"/, /PUB=[^"]*"up",6$/, /DISC=/, /CLOSE=/];

const CASES: readonly (readonly [RegExp, Lateness, Late['moment']])[] = [
  ...ONE_STAGE.map((pattern) => [pattern, 'OK', 'before'] as const),
  ...TWO_STAGES.flatMap((pattern) => [
    [pattern, 'OK', 'before'] as const,
    ...(['result', 'both'] as const).flatMap((what) => [
      [pattern, what, 'before'] as const,
      [pattern, what, 'behind'] as const,
    ]),
  ]),
];

describe('a late answer reaches no other command, and everything recovers', () => {
  it.each(CASES)('%s: late %s, %s the OK of the next', async (pattern, what, moment) => {
    await new Life({ pattern, what, moment }).live();
  });

  it('READ: late OK', async () => {
    await new Life({ pattern: /READ/, what: 'OK', moment: 'before' }).live(true);
  });
});

describe('a late result is not believed for the next attempt', () => {
  it.each([
    ['an open that succeeded, before one that fails', /OPEN=/, { OPEN: ['0', '-1,4'], CONN: [] }],
    ['an open that failed, before one that succeeds', /OPEN=/, { OPEN: ['-1,4', '0'], CONN: [] }],
    ['a connect that succeeded, before one that is refused', /CONN=/, { OPEN: [], CONN: ['0,0', '0,4'] }],
    ['a connect that was refused, before one that succeeds', /CONN=/, { OPEN: [], CONN: ['0,4', '0,0'] }],
  ])('%s', async (_name, pattern, outcomes) => {
    for (const moment of ['before', 'behind'] as const) {
      const life = new Life({ pattern, what: 'result', moment });
      Object.assign(life.module.outcomes, structuredClone(outcomes));
      await tried(() => life.modem.reopen());
      expect(await outcome(life.connect())).toMatchObject({ code: 'TIMEOUT', stage: 'result' });
      expect(await outcome(life.connect())).toBeUndefined();
      await life.publish('proof');
      await life.modem.close();
    }
  });

  it('and settings are written when the module is done closing', async () => {
    const life = new Life({ pattern: /CLOSE=/, what: 'result', moment: 'behind' });
    life.module.closeTime = 2_000;
    await tried(() => life.modem.reopen());
    for (let sessions = 0; sessions < 3; sessions += 1) {
      expect(await outcome(life.connect())).toBeUndefined();
      await life.publish(String(sessions));
      await outcome(life.close());
    }
    expect(life.module.wasLate).toBe(true);
  });
});
