import { describe, expect, it } from 'vitest';
import { WatchedSession } from '../../../src/client/recovery/watched-session.js';
import type { Publication, Qos } from '../../../src/dialects/dialect.js';
import { CommandError, MqttError, type Stage, TimeoutError } from '../../../src/errors/kinds.js';
import { ModemError } from '../../../src/errors/modem-error.js';
import { FakeSession } from '../fake-session.js';

const REFUSED = new MqttError('PUBLISH_FAILED', 'publish failed: failed (result 2)', { result: 2 });
const timeout = (stage: Stage) => new TimeoutError(stage, 40_000, { command: 'AT+LMQTTPUB=0,7' });

/** A session whose publishes end as told, and why it was found dead. */
function watched(limit = 3) {
  const inner = new FakeSession();
  const deaths: ModemError[] = [];
  const session = new WatchedSession(inner, limit, (reason) => deaths.push(reason));
  let count = 0;
  async function publish(error: ModemError | undefined, qos: Qos = 1): Promise<void> {
    count += 1;
    const text = String(count);
    const publication: Publication = { topic: 'a', payload: Buffer.from(text), qos, retain: false };
    const done = session.publish(publication).catch((reason: unknown) => reason);
    await (error === undefined ? inner.succeed(text) : inner.fail(text, error));
    expect(await done).toBe(error);
  }
  return { session, deaths, publish };
}

describe('a watched session', () => {
  it('is dead after so many failed results in a row, once', async () => {
    const { deaths, publish } = watched();
    await publish(timeout('result'));
    await publish(REFUSED);
    expect(deaths).toEqual([]);
    for (let more = 0; more < 3; more += 1) await publish(timeout('result'));
    expect(deaths).toMatchObject([
      {
        code: 'SESSION_LOST',
        message: 'session lost: 3 results in a row failed (AT+LMQTTPUB=0,7: no result within 40000 ms)',
      },
    ]);
  });

  it('lives on when a result is good in between', async () => {
    const { deaths, publish } = watched(2);
    for (const error of [REFUSED, undefined, REFUSED, undefined, REFUSED]) await publish(error);
    expect(deaths).toEqual([]);
    await publish(REFUSED);
    expect(deaths).toHaveLength(1);
  });

  it('lives on when a message comes in', async () => {
    const { session, deaths, publish } = watched(2);
    await publish(REFUSED);
    session.alive();
    await publish(REFUSED);
    expect(deaths).toEqual([]);
  });

  it('is not proven alive by a message that is merely sent, if acknowledgements are missing', async () => {
    const { deaths, publish } = watched(2);
    await publish(timeout('result'), 1);
    await publish(undefined, 0);
    await publish(timeout('result'), 1);
    expect(deaths).toHaveLength(1);
  });

  it('is, if it was the sending that failed', async () => {
    const { deaths, publish } = watched(2);
    await publish(REFUSED, 0);
    await publish(undefined, 0);
    await publish(REFUSED, 0);
    expect(deaths).toEqual([]);
  });

  it.each([
    timeout('response'),
    timeout('queue'),
    new CommandError('+CME ERROR: 3', 3, undefined, {}),
    new ModemError('ABORTED', 'given up'),
    new ModemError('SESSION_LOST', 'lost'),
  ])('does not take %s for a failed result', async (error) => {
    const { deaths, publish } = watched(1);
    await publish(error);
    expect(deaths).toEqual([]);
    await publish(REFUSED);
    expect(deaths).toMatchObject([{ message: expect.stringMatching(/^session lost: a result failed/) }]);
  });
});
