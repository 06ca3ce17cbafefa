import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BoardView } from '../../../../src/cli/provision/run/board/board-view.js';
import type { Picture } from '../../../../src/cli/provision/run/board/screen.js';
import { terminalBell } from '../../../../src/cli/provision/run/view.js';
import { finished, NO_TOTALS, NOON, picture, result, status, WRONG_SIM } from './scenes.js';

beforeEach(() => {
  vi.useFakeTimers({ now: NOON });
});

afterEach(() => {
  vi.useRealTimers();
});

/** A stream that says it is a terminal. */
function terminal(columns = 80, rows = 24) {
  const tty = { isTTY: true, columns, rows, hasColors: () => false };
  const stream = Object.assign(new PassThrough({ encoding: 'utf8' }), tty);
  return stream as unknown as NodeJS.WriteStream & typeof stream;
}

function board(stream: ReturnType<typeof terminal>) {
  const scene: { picture: Picture; drawings: number } = { picture: picture(), drawings: 0 };
  const view = new BoardView(stream, {
    bell: terminalBell(stream),
    summary: ({ passed }) => `${passed} passed`,
    picture: () => {
      scene.drawings += 1;
      return { ...scene.picture, now: Date.now() };
    },
  });
  const written = () => String(stream.read() ?? '');
  return { view, scene, written };
}

describe('the board on a terminal', () => {
  it('is drawn at most ten times a second, however much happens', () => {
    const { view, scene } = board(terminal());
    for (let ms = 0; ms < 950; ms += 1) {
      view.changed();
      vi.advanceTimersByTime(1);
    }
    expect(scene.drawings).toBe(10);
    view.close();
  });

  it('is drawn once a second when nothing happens, until it is closed', () => {
    const { view, scene } = board(terminal());
    vi.advanceTimersByTime(5500);
    expect(scene.drawings).toBe(6);
    view.close();
    view.changed();
    vi.advanceTimersByTime(5000);
    expect(scene.drawings).toBe(6);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('follows the size of the window, on a fresh screen', () => {
    const stream = terminal(100, 40);
    const { view, scene, written } = board(stream);
    scene.picture = picture({ statuses: [finished('/dev/ttyUSB0', WRONG_SIM), status('/dev/ttyUSB1')] });
    vi.advanceTimersByTime(0);
    expect(written()).toContain('F A I L');
    Object.assign(stream, { columns: 40, rows: 12 });
    stream.emit('resize');
    vi.advanceTimersByTime(100);
    const text = written();
    expect(text).toContain('\x1b[2J\x1b[H');
    const lines = stripVTControlCharacters(text).split('\n');
    expect(lines.length).toBeLessThanOrEqual(12);
    for (const line of lines) expect(line.length).toBeLessThan(40);
    view.close();
    expect(stream.listenerCount('resize')).toBe(0);
  });

  it('is taken away at the end, and the totals stand there as plain text', async () => {
    const { view, written } = board(terminal());
    vi.advanceTimersByTime(0);
    written();
    await view.end({ ...NO_TOTALS, passed: 3 }, NOON);
    view.close();
    const text = written();
    expect(text).toMatch(/\x1b\[2K/);
    expect(text).toMatch(/3 passed\n$/);
  });

  it('rings once for a result, and twice for a failure', () => {
    const { view, written } = board(terminal());
    const rings = () => [...written()].filter((char) => char === '\x07').length;
    view.result(result('p'));
    vi.advanceTimersByTime(1000);
    expect(rings()).toBe(1);
    view.result(result('p', WRONG_SIM));
    expect(rings()).toBe(1);
    vi.advanceTimersByTime(1000);
    expect(rings()).toBe(1);
    view.close();
  });
});
