import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LEFT_ALONE } from '../../src/transport/poller-events.js';
import { compiled } from '../helpers/compiled.js';
import { hasPty, openPty, type Pty } from '../helpers/pty.js';
import { readFrom } from '../helpers/streams.js';

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

  it('takes immediates from Node.js 26 on, and before that none are needed', async () => {
    const bare = await start('bare');
    pty.stream.write('x');
    if (!LEFT_ALONE) expect(await bare()).toBe('ticks follow');
    child?.kill('SIGKILL');
    const next = await start('immediates');
    for (let event = 0; event < 20; event += 1) {
      pty.stream.write('x');
      expect(await next()).toBe(LEFT_ALONE ? 'took 1' : 'took 0');
    }
  });

  it('goes on while immediates of others come and go', async () => {
    const next = await start('busy');
    for (let event = 0; event < 200; event += 1) {
      pty.stream.write('x');
      expect(await next()).toBe('got x');
    }
  });
});
