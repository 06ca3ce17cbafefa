import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Channel } from '../../src/at/channel.js';
import { fixedRequest, type Nothing, type OneStageCommand } from '../../src/at/command.js';
import { turn } from '../helpers/scripted-module.js';
import { StallingStream } from '../helpers/stalling-stream.js';

interface Mood {
  /** ms until the module answers a command line. */
  readonly delay: number;
  readonly lost: 'nothing' | 'result code' | 'answer';
}

const LIMIT = 50;
const INTERVAL = 20;

/** A command whose answer tells which one it belongs to, but not to the driver. */
function ask(at: number): OneStageCommand<Nothing, string> {
  return {
    name: '+Q',
    form: 'set',
    request: fixedRequest(`AT+Q=${at}`),
    response: {
      format: (value) => [{ text: value }],
      parse: (lines) => lines.map(({ text }) => text).join('|'),
      owns: (text) => text.startsWith('+Q: '),
    },
    limits: { response: LIMIT },
    abortable: false,
  };
}

const ANSWERS: Readonly<Record<string, string>> = {
  AT: '',
  'AT+CSQ': '\r\n+CSQ: 1,2\r\n',
  'AT+CESQ': '\r\n+CESQ: 1,2\r\n',
  'AT+CGATT?': '\r\n+CGATT: 1\r\n',
  'AT+CCLK?': '\r\n+CCLK: "x"\r\n',
  'AT+CGSN=1': '\r\n+CGSN: "1"\r\n',
};

/** A module that works strictly one command line after the other, each in another mood. */
class MoodyModule extends StallingStream {
  readonly #moods: readonly Mood[];
  #count = 0;
  #free = 0;
  #now = 0;

  constructor(moods: readonly Mood[]) {
    super();
    this.#moods = moods;
    this.flow();
  }

  override release(): void {
    super.release();
    const line = this.taken.pop();
    if (line !== undefined) this.#work(line.trim());
  }

  /** Lets the time go by, ms by ms. */
  async elapse(ms: number): Promise<void> {
    for (let end = this.#now + ms; this.#now < end; this.#now += 1) {
      await vi.advanceTimersByTimeAsync(1);
      await turn();
    }
  }

  #work(line: string): void {
    const { delay, lost } = this.#moods[this.#count] ?? { delay: 0, lost: 'nothing' };
    this.#count += 1;
    this.#free = Math.max(this.#free, this.#now) + delay;
    const text = ANSWERS[line] ?? `\r\n+Q: ${line.slice('AT+Q='.length)}\r\n`;
    const answer = lost === 'answer' ? '' : text + (lost === 'nothing' ? '\r\nOK\r\n' : '');
    setTimeout(() => this.push(answer), this.#free - this.#now);
  }
}

const moods: fc.Arbitrary<Mood[]> = fc.array(
  fc.record({
    delay: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: LIMIT + 4 * INTERVAL })),
    lost: fc.constantFrom('nothing', 'nothing', 'nothing', 'result code', 'answer'),
  }),
  { maxLength: 12 },
);

describe('Channel and a module with moods', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => void vi.useRealTimers());

  it('never gives a late answer to another command, and settles every request', async () => {
    await fc.assert(
      fc.asyncProperty(moods, async (each) => {
        const module = new MoodyModule(each);
        const channel = new Channel(module, { wakeAfter: 0, resync: { tries: 4, interval: INTERVAL } });
        const answers: unknown[] = [];
        for (let at = 0; at < 5; at += 1) {
          const request = channel.execute(ask(at), null);
          request.then(
            (said) => answers.push([at, said]),
            (error) => answers.push([at, error.code]),
          );
        }
        await module.elapse(1500);
        channel.close();
        await turn();
        expect(answers).toHaveLength(5);
        for (const [at, said] of answers as [number, string][]) {
          expect([`+Q: ${at}`, 'TIMEOUT', 'NOT_RESPONDING']).toContain(said);
        }
      }),
      { numRuns: 100 },
    );
  });
});
