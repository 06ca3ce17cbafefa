import { describe, expect, it } from 'vitest';
import { type ClimbedModem, Climber } from '../../../src/client/recovery/climber.js';
import { abortedError, ModemError } from '../../../src/errors/modem-error.js';
import { onAbort } from '../../../src/util/abort.js';

type Answer = 'ok' | 'refused' | 'silence';

/** A modem that notes what it is asked for, and answers as told. */
class FakeModem implements ClimbedModem {
  readonly calls: string[] = [];
  readonly answers: Record<string, Answer> = {};
  closed = false;

  radio(on: boolean, options: { signal?: AbortSignal; timeout?: number } = {}): Promise<void> {
    return this.#answer(`radio ${on ? 'on' : 'off'}`, options.signal);
  }

  reset({ signal }: { signal?: AbortSignal } = {}): Promise<void> {
    return this.#answer('reset', signal);
  }

  reopen({ signal }: { signal?: AbortSignal } = {}): Promise<void> {
    return this.#answer('reopen', signal);
  }

  #answer(call: string, signal: AbortSignal | undefined): Promise<void> {
    this.calls.push(call);
    const answer = this.answers[call] ?? 'ok';
    if (answer === 'ok') return Promise.resolve();
    if (answer === 'refused') return Promise.reject(new ModemError('COMMAND_FAILED', `${call} refused`));
    return new Promise((_resolve, reject) => {
      onAbort(signal, () => reject(abortedError(signal as AbortSignal)));
    });
  }
}

const NEVER = new AbortController().signal;

function climber(limit = 1000) {
  const modem = new FakeModem();
  return { modem, climber: new Climber(modem, limit) };
}

describe('a rung', () => {
  it.each([
    ['session', []],
    ['radio', ['radio off', 'radio on']],
    ['reset', ['reset']],
    ['port', ['reopen']],
  ] as const)('"%s" asks the modem for %j', async (rung, calls) => {
    const { modem, climber: one } = climber();
    await one.climb(rung, NEVER);
    await one.leave();
    expect(modem.calls).toEqual(calls);
  });

  it.each([
    ['radio', 'radio off'],
    ['radio', 'radio on'],
    ['reset', 'reset'],
    ['port', 'reopen'],
  ] as const)('"%s" ends at its limit if the modem is silent at "%s"', async (rung, call) => {
    const { modem, climber: one } = climber(5);
    modem.answers[call] = 'silence';
    await expect(one.climb(rung, NEVER)).rejects.toMatchObject({
      code: 'TIMEOUT',
      message: `recovery on the rung "${rung}": no result within 5 ms`,
    });
  });

  it('ends when the client does', async () => {
    const { modem, climber: one } = climber();
    const stop = new AbortController();
    modem.answers.reset = 'silence';
    const climbing = one.climb('reset', stop.signal);
    stop.abort();
    await expect(climbing).rejects.toMatchObject({ code: 'ABORTED' });
  });

  it('tells what the modem says', async () => {
    const { modem, climber: one } = climber();
    modem.answers.reset = 'refused';
    await expect(one.climb('reset', NEVER)).rejects.toMatchObject({ code: 'COMMAND_FAILED' });
  });
});

describe('a radio that may be off', () => {
  async function leftOff(call: string) {
    const { modem, climber: one } = climber(5);
    modem.answers[call] = 'refused';
    await expect(one.climb('radio', NEVER)).rejects.toMatchObject({ code: 'COMMAND_FAILED' });
    modem.answers[call] = 'ok';
    modem.calls.length = 0;
    return { modem, climber: one };
  }

  it.each(['radio off', 'radio on'])(
    'after a refused "%s" is switched on by every later rung',
    async (call) => {
      const { modem, climber: one } = await leftOff(call);
      await one.climb('session', NEVER);
      await one.climb('session', NEVER);
      expect(modem.calls).toEqual(['radio on']);
    },
  );

  it('is switched on behind a reset', async () => {
    const { modem, climber: one } = await leftOff('radio on');
    await one.climb('reset', NEVER);
    expect(modem.calls).toEqual(['reset', 'radio on']);
  });

  it('is switched on at the end, whatever comes of it', async () => {
    const { modem, climber: one } = await leftOff('radio on');
    modem.answers['radio on'] = 'refused';
    await one.leave();
    expect(modem.calls).toEqual(['radio on']);
  });

  it('is left alone behind a closed port', async () => {
    const { modem, climber: one } = await leftOff('radio on');
    modem.closed = true;
    await one.leave();
    expect(modem.calls).toEqual([]);
  });
});
