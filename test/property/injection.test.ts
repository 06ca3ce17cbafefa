import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rawRequest } from '../../src/at/job.js';
import { parseOptions } from '../../src/client/options.js';
import type { SessionOptions } from '../../src/dialects/dialect.js';
import { LMQTT } from '../../src/dialects/lmqtt/dialect.js';
import { ArgumentError } from '../../src/errors/kinds.js';
import { AnsweringModule } from '../dialects/lmqtt/answering-module.js';
import { OPTIONS, openSession, sessionOn } from '../dialects/lmqtt/session-under-test.js';

const TEMPTING = [
  '"',
  '\r',
  '\n',
  '\r\nAT+CFUN=0\r\n',
  '";+CFUN=0;"',
  '\0',
  '\x1a',
  '\x1b',
  '\x7f',
  '\ud800',
  ';',
  ',',
];

/** Text with something in it that could end the parameter, the line or the command. */
const hostile = fc
  .array(fc.oneof(fc.constantFrom(...TEMPTING), fc.string({ unit: 'grapheme', maxLength: 8 })), {
    minLength: 1,
    maxLength: 4,
  })
  .map((parts) => parts.join(''));

type Field = readonly [name: string, place: (text: string) => Partial<SessionOptions>];

const FIELDS: readonly Field[] = [
  ['client id', (clientId) => ({ clientId })],
  ['user name', (username) => ({ username })],
  ['password', (password) => ({ username: 'u', password })],
  ['host', (host) => ({ broker: { host, port: 1883, tls: false } })],
  ['topic of the will', (topic) => ({ will: { topic, payload: '', qos: 0, retain: false } })],
  ['payload of the will', (payload) => ({ will: { topic: 't', payload, qos: 0, retain: false } })],
];

/** Resolves as the request does; a refusal must come before a byte is written. */
async function refusedOrDone(module: AnsweringModule, request: Promise<void>): Promise<boolean> {
  try {
    await request;
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(ArgumentError);
    expect(module.wire).toBe('');
    return false;
  }
}

/** Command lines as a module sees them that ends each at CR: none has a quote too many, or another command in it. */
function expectWhole(lines: readonly string[]): void {
  for (const line of lines) {
    expect(line).toMatch(/^AT[^\0-\x1f\x7f]*$/);
    expect(line.replace(/"[^"]*"/g, '')).not.toMatch(/[";]/);
  }
}

describe('no field becomes a second command', () => {
  it.each(FIELDS)('%s', async (_name, place) => {
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        const { module, session, channel } = sessionOn(new AnsweringModule(), place(text));
        const checked = refuses(() => LMQTT.checkSession({ ...OPTIONS, ...place(text) }));
        if (!checked && (await refusedOrDone(module, session.open()))) expectWhole(module.lines);
        channel.close();
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  it('topic and payload of a message', async () => {
    const { module, session } = await openSession();
    await fc.assert(
      fc.asyncProperty(hostile, hostile, async (topic, payload) => {
        module.wire = '';
        const publication = { topic, payload: Buffer.from(payload), qos: 1, retain: false } as const;
        if (await refusedOrDone(module, session.publish(publication))) {
          const [line = '', ...rest] = module.take();
          expect(rest).toEqual([]);
          expect(line).toMatch(/^AT[^\0-\x1f\x7f]*$/);
          // A module that does not count the payload sees at most an odd quote, and no `;` behind one.
          expect(line.split(`",${Buffer.byteLength(payload)},"`)[1] ?? '').not.toMatch(/".*;/);
        }
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it('topics of a subscription', async () => {
    const { module, session } = await openSession();
    await fc.assert(
      fc.asyncProperty(hostile, async (topic) => {
        module.wire = '';
        if (await refusedOrDone(module, session.subscribe([{ topic, qos: 1 }]))) expectWhole(module.take());
      }),
      { numRuns: 200, seed: 1 },
    );
  });

  it('a raw command line', () => {
    const claims = { awaited: () => false, unsolicited: () => false };
    fc.assert(
      fc.property(hostile, (text) => {
        let line = '';
        const refused = refuses(() => {
          line = rawRequest(`AT${text}`, undefined, claims).line;
        });
        if (!refused) expect(line).toMatch(/^AT[^\0-\x1f\x7f]*$/);
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it('a broker URL', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        refuses(() => {
          const { session } = parseOptions({ broker: `mqtt://u:p@${text}` }, LMQTT);
          expect(session.broker?.host).toMatch(/^[^"\0-\x20\x7f]+$/);
        });
      }),
      { numRuns: 300, seed: 1 },
    );
  });
});

/** Whether it refuses its arguments; every other failure is one of the test. */
function refuses(run: () => void): boolean {
  try {
    run();
    return false;
  } catch (error) {
    if (!(error instanceof ArgumentError)) throw error;
    return true;
  }
}
