import { describe, expect, it } from 'vitest';
import { givingUpSentence, recoverySentence } from '../../../src/client/recovery/sentence.js';
import { ModemError } from '../../../src/errors/modem-error.js';

const LOST = new ModemError('SESSION_LOST', 'session lost: closed by the server (status 1)');

describe('a sentence', () => {
  it.each([
    [
      'up',
      'session',
      800,
      'While the session was up: session lost: closed by the server (status 1). In 1 s atmqtt opens the session again (attempt 2).',
    ],
    [
      'network',
      'radio',
      31_400,
      'While waiting for the network: session lost: closed by the server (status 1). In 31 s atmqtt switches the radio off and on and opens the session again (attempt 2).',
    ],
    [
      'session',
      'reset',
      0,
      'While opening the session: session lost: closed by the server (status 1). Now atmqtt restarts the module and opens the session again (attempt 2).',
    ],
    [
      'port',
      'port',
      499,
      'While opening the port: session lost: closed by the server (status 1). Now atmqtt opens the port again and the session behind it (attempt 2).',
    ],
  ] as const)(
    'tells what happened at the stage %s and that the rung %s is next',
    (stage, rung, delay, text) => {
      expect(recoverySentence({ stage, reason: LOST }, { rung, attempt: 2, delay })).toBe(text);
    },
  );

  it('tells what may be behind it', () => {
    const happened = { stage: 'up', reason: LOST, suspicion: 'Perhaps it rains' } as const;
    expect(recoverySentence(happened, { rung: 'session', attempt: 1, delay: 0 })).toMatch(
      /\(status 1\)\. Perhaps it rains\. Now atmqtt opens /,
    );
    expect(givingUpSentence(happened, 2)).toMatch(/\(status 1\)\. Perhaps it rains\. atmqtt gives up /);
  });

  it('tells that nothing more is tried', () => {
    expect(givingUpSentence({ stage: 'subscribe', reason: LOST }, 5)).toBe(
      'While subscribing again: session lost: closed by the server (status 1). atmqtt gives up after attempt 5',
    );
    expect(givingUpSentence({ stage: 'up', reason: LOST }, 0)).toMatch(
      /\. atmqtt makes no attempt to connect again$/,
    );
  });
});
