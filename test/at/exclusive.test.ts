import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CommandPort } from '../../src/at/command.js';
import { INTERVAL, open, publish, query } from './channel-fixtures.js';

const A = query('+A');
const B = query('+B');
const URGENT = query('+URGENT');
const ANSWER = (name: string) => `\r\n${name}: 1,2\r\n\r\nOK\r\n`;

describe('an operation of several commands', () => {
  it('lets nothing between them, whatever its priority, and then what waited in its order', async () => {
    const { channel, module } = open();
    const first = channel.execute(A, null);
    const both = channel.exclusive(async (port) => {
      await port.send('AT+TOPIC=0,3');
      // Nobody's turn is over because nothing is asked for a while.
      await new Promise((resolve) => setImmediate(resolve));
      return port.execute(B, null);
    });
    const urgent = channel.execute(URGENT, null, { priority: 'recovery' });
    const last = channel.execute(A, null);
    await module.answers('AT+A', ANSWER('+A'));
    await module.answers('AT+URGENT', ANSWER('+URGENT'));
    const later = channel.execute(URGENT, null, { priority: 'recovery' });
    await module.answers('AT+TOPIC=0,3', '\r\n+QIURC: "pdpdeact",1\r\n\r\nOK\r\n');
    await module.answers('AT+B', ANSWER('+B'));
    await module.answers('AT+URGENT', ANSWER('+URGENT'));
    await module.answers('AT+A', ANSWER('+A'));
    for (const done of [first, both, urgent, later, last]) expect(await done).toEqual([1, 2]);
    expect(module.unexpected).toBe('');
  });

  it('is over when one of them fails, and fails with it', async () => {
    const { channel, module } = open();
    const failed = channel.exclusive(async (port) => {
      await port.send('AT+TOPIC=0,3');
      await port.send('AT+NEVER');
    });
    const next = channel.execute(A, null);
    const refused = expect(failed).rejects.toMatchObject({ code: 'COMMAND_FAILED', command: 'AT+TOPIC=0,3' });
    await module.answers('AT+TOPIC=0,3', '\r\nERROR\r\n');
    await refused;
    await module.answers('AT+A', ANSWER('+A'));
    expect(await next).toEqual([1, 2]);
  });

  it('leaves the port to others while it waits for a result URC of its own', async () => {
    const { channel, module } = open();
    const done = channel.exclusive(async (port) => {
      const result = port.execute(publish(), { id: 7 });
      return [await port.execute(A, null), await result];
    });
    await module.answers('AT+PUB=7');
    await module.answers('AT+A', ANSWER('+A'));
    await module.sends('\r\n+PUB: 7,0\r\n');
    expect(await done).toEqual([
      [1, 2],
      [7, 0],
    ]);
  });

  it('waits for its turn no longer than the signal or the limit allows', async () => {
    const { channel, module } = open();
    const running = channel.execute(A, null);
    const controller = new AbortController();
    const never = async () => expect.unreachable();
    const aborted = expect(channel.exclusive(never, { signal: controller.signal })).rejects.toMatchObject({
      code: 'ABORTED',
    });
    const late = expect(channel.exclusive(never, { timeout: 10 })).rejects.toMatchObject({
      code: 'TIMEOUT',
      stage: 'queue',
    });
    controller.abort();
    await aborted;
    await late;
    await module.answers('AT+A', ANSWER('+A'));
    expect(await running).toEqual([1, 2]);
  });

  it('holds nobody up after a part of it was aborted', async () => {
    const { channel, module } = open();
    const controller = new AbortController();
    const failed = channel.exclusive((port) => port.execute(A, null, { signal: controller.signal }));
    const next = channel.execute(B, null);
    await module.expects('AT+A\r\n');
    controller.abort();
    await expect(failed).rejects.toMatchObject({ code: 'ABORTED' });
    await module.sends(ANSWER('+A'));
    await module.answers('AT+B', ANSWER('+B'));
    expect(await next).toEqual([1, 2]);
  });

  it('is over when the module restarts, and asks nothing of the one that is back', async () => {
    const { channel, module } = open({ bootMarker: (text) => (text === 'RDY' ? 'certain' : undefined) });
    let kept: CommandPort | undefined;
    const failed = channel.exclusive(async (port) => {
      kept = port;
      await port.send('AT+TOPIC=0,3').catch(() => {});
      await port.send('AT+PAYLOAD=0,1');
    });
    const over = expect(failed).rejects.toMatchObject({ code: 'CLOSED', command: 'AT+PAYLOAD=0,1' });
    await module.expects('AT+TOPIC=0,3\r\n');
    await module.sends('\r\nRDY\r\n');
    await over;
    await expect(kept?.execute(A, null)).rejects.toMatchObject({ code: 'CLOSED' });
    expect(module.unexpected).not.toContain('PAYLOAD');
    channel.close();
  });

  it('settles when the port is closed, whether its turn has come or not', async () => {
    const { channel, module } = open();
    const running = expect(channel.exclusive((port) => port.execute(A, null))).rejects.toMatchObject({
      code: 'CLOSED',
    });
    const waiting = expect(channel.exclusive((port) => port.execute(A, null))).rejects.toMatchObject({
      code: 'CLOSED',
    });
    await module.expects('AT+A\r\n');
    channel.close();
    await running;
    await waiting;
  });

  it(
    'goes on after an answer that was late, with the two sides in step',
    async () => {
      const { channel, module } = open();
      const done = channel.exclusive(async (port) => {
        const late = await port.execute(query('+LATE', 10), null).catch((error) => error.code);
        return [late, await port.execute(B, null)];
      });
      const next = channel.execute(A, null);
      await module.expects('AT+LATE\r\n');
      await module.expects('AT+CSQ\r\n');
      await module.sends(`${ANSWER('+LATE')}\r\n+CSQ: 1,99\r\n\r\nOK\r\n`);
      await module.answers('AT+B', ANSWER('+B'));
      await module.answers('AT+A', ANSWER('+A'));
      expect(await done).toEqual(['TIMEOUT', [1, 2]]);
      expect(await next).toEqual([1, 2]);
    },
    20 * INTERVAL,
  );

  it('may hold another one, and gives back what it has asked and nobody waits for', async () => {
    const { channel, module } = open();
    const left: Promise<unknown>[] = [];
    const done = channel.exclusive((port) =>
      port.exclusive(async (inner) => {
        left.push(inner.execute(A, null), inner.execute(B, null));
        return 'done';
      }),
    );
    expect(await done).toBe('done');
    await module.answers('AT+A', ANSWER('+A'));
    await module.answers('AT+B', ANSWER('+B'));
    expect(await Promise.all(left)).toHaveLength(2);
  });
});

it('keeps the commands of operations together, however many wait', async () => {
  const property = fc.asyncProperty(
    fc.array(fc.tuple(fc.nat({ max: 3 }), fc.constantFrom('recovery', 'user', 'polling')), { maxLength: 12 }),
    async (plan) => {
      const { channel, module } = open();
      const jobs = plan.map(([commands, priority], index) => {
        if (commands === 0) return channel.send(`AT+S=${index}`, { priority });
        const run = async (port: CommandPort) => {
          for (let step = 0; step < commands; step += 1)
            await port.send(`AT+E=${index},${step}`, { priority });
        };
        return channel.exclusive(run, { priority });
      });
      const total = plan.reduce((sum, [commands]) => sum + Math.max(1, commands), 0);
      const seen: string[] = [];
      for (let line = 0; line < total; line += 1) seen.push(await module.answersAny());
      await Promise.all(jobs);
      for (const [index, [commands]] of plan.entries()) {
        const own = seen.flatMap((line, place) => (line.startsWith(`AT+E=${index},`) ? [place] : []));
        expect(own).toHaveLength(commands);
        if (commands > 0) expect((own.at(-1) as number) - (own[0] as number)).toBe(commands - 1);
      }
      channel.close();
    },
  );
  await fc.assert(property, { numRuns: 50 });
});
