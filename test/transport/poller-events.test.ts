import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PollerEvents } from '../../src/transport/poller-events.js';
import { compiled } from '../helpers/compiled.js';
import { hasPty, openPty, type Pty } from '../helpers/pty.js';
import { readFrom } from '../helpers/streams.js';

/** A Node.js whose turns of the loop are those of the test. */
class Loop {
  events: number | undefined = 7;
  readonly microtasks: (() => void)[] = [];
  readonly immediates: (() => void)[] = [];
  readonly log: string[] = [];
  readonly polled = new PollerEvents({
    queueMicrotask: (callback) => this.microtasks.push(callback),
    setImmediate: (callback) => this.immediates.push(callback),
    eventCount: () => this.events,
  });

  /** A turn with `count` events, the poller's among them; `follows`: whether its microtasks run in that turn. */
  turn(name: string, { count = 1, follows = true, error = null as Error | null } = {}): void {
    this.polled.handle(error, () => this.log.push(name));
    this.log.push('listener done');
    if (this.events !== undefined) this.events += count;
    if (follows) for (const microtask of this.microtasks.splice(0)) microtask();
    for (const immediate of this.immediates.splice(0)) immediate();
    for (const microtask of this.microtasks.splice(0)) microtask();
  }

  /** Whether an event is handled within its listener now. */
  get direct(): boolean {
    this.log.length = 0;
    this.turn('event');
    return this.log[0] === 'event';
  }
}

describe('PollerEvents', () => {
  it('handles events within their listener once it is proven that microtasks follow', () => {
    const loop = new Loop();
    loop.turn('first');
    expect(loop.log).toEqual(['listener done', 'first']);
    expect(loop.direct).toBe(true);
    expect(loop.immediates).toEqual([]);
  });

  it('takes immediates for good where microtasks wait', () => {
    const loop = new Loop();
    loop.turn('first', { follows: false });
    expect(loop.direct).toBe(false);
    expect(loop.direct).toBe(false);
  });

  it('takes it for no proof if something else in the same turn can have run the microtask', () => {
    const loop = new Loop();
    loop.turn('first', { count: 2 });
    loop.turn('second', { count: 3 });
    expect(loop.log).toEqual(['listener done', 'first', 'listener done', 'second']);
    loop.turn('third');
    expect(loop.direct).toBe(true);
  });

  it('takes an error for no proof: close() reports one as well', () => {
    const loop = new Loop();
    loop.turn('error', { error: new Error('Canceled') });
    loop.turn('first', { follows: false });
    expect(loop.direct).toBe(false);
  });

  it('proves nothing where the loop does not count its events', () => {
    const loop = new Loop();
    loop.events = undefined;
    loop.turn('first');
    expect(loop.direct).toBe(false);
  });
});

describe.skipIf(!hasPty)('a process with nothing but a serial port', () => {
  let program: ReturnType<typeof compiled>;
  let pty: Pty;
  let child: ChildProcess | undefined;
  beforeAll(() => {
    program = compiled(new URL('poller-program.ts', import.meta.url));
  });
  afterAll(() => program.remove());
  beforeEach(async () => {
    pty = await openPty();
  });
  afterEach(async () => {
    child?.kill('SIGKILL');
    await pty.close();
  });

  /** Starts it, and gives its lines one by one; after the last one the code with which it ended. */
  async function start(what: string): Promise<() => Promise<unknown>> {
    const started = spawn(process.execPath, [program.file, what, pty.path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child = started;
    const exited = once(started, 'exit');
    const lines = createInterface({ input: started.stdout })[Symbol.asyncIterator]();
    const next = async () => {
      const { done, value } = await lines.next();
      return done ? (await exited)[0] : value;
    };
    expect(await next()).toBe('open');
    return next;
  }

  it.each(['echo', 'stock'])('goes on after each event (%s)', async (what) => {
    const next = await start(what);
    for (const text of ['one', 'two', 'three']) {
      const echo = readFrom(pty.stream, text.length);
      pty.stream.write(text);
      expect(await next()).toBe(`got ${text}`);
      expect(String(await echo)).toBe(text);
    }
  });

  it('settles writes that had to wait, and closes (stock)', async () => {
    const next = await start('writes');
    expect(await readFrom(pty.stream, 300_001)).toHaveLength(300_001);
    expect(await next()).toBe('written');
    expect(await next()).toBe('closed');
    expect(await next()).toBe(0);
  });

  it('goes on by a timer where there is no poller', async () => {
    const next = await start('beat');
    for (const text of ['one', 'two']) {
      pty.stream.write(text);
      expect(await next()).toBe(`got ${text}`);
    }
  });

  it('can catch what a listener throws, and reads on', async () => {
    const next = await start('throws');
    for (const text of ['one', 'two', 'three', 'four']) {
      pty.stream.write(text);
      expect(await next()).toBe(`caught ${text}`);
    }
  });

  it('takes immediates only on a Node.js that needs them', async () => {
    const bare = await start('bare');
    pty.stream.write('x');
    const truth = await bare();
    child?.kill('SIGKILL');
    expect(await bare()).toBe(null);
    const next = await start('immediates');
    const taken: unknown[] = [];
    for (let event = 0; event < 20; event += 1) {
      pty.stream.write('x');
      taken.push(await next());
    }
    expect(taken.slice(10)).toEqual(Array(10).fill(truth === 'ticks follow' ? 'took 0' : 'took 1'));
  });
});
