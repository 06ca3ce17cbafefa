import { PassThrough } from 'node:stream';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Log } from '../../../../src/cli/log.js';
import { Output } from '../../../../src/cli/output.js';
import { BoardView } from '../../../../src/cli/provision/run/board/board-view.js';
import type { RunOptions } from '../../../../src/cli/provision/run/command.js';
import { Tally } from '../../../../src/cli/provision/run/follow.js';
import { JsonView } from '../../../../src/cli/provision/run/json-view.js';
import { makeView } from '../../../../src/cli/provision/run/make-view.js';
import { PlainView } from '../../../../src/cli/provision/run/plain-view.js';
import { NO_TOTALS, NOON, result, WRONG_SIM } from './scenes.js';

afterEach(() => {
  vi.unstubAllEnvs();
});

function viewOn(tty: object, options: RunOptions) {
  const stdout = new PassThrough();
  const terminal = Object.assign(stdout, tty) as unknown as NodeJS.WriteStream;
  const view = makeView(
    options,
    { station: 's', operator: 'o', ledger: '/x/factory.db' },
    { station: { statuses: [], totals: NO_TOTALS }, tally: new Tally(NOON) },
    {
      output: new Output(stdout),
      log: new Log(new PassThrough(), { json: false, debug: false }),
      signal: new AbortController().signal,
    },
    terminal,
  );
  return { view, written: () => String(stdout.read() ?? '') };
}

const TERMINAL = { isTTY: true, columns: 80, rows: 24 };

describe('the way a run is shown', () => {
  it.each([
    ['the board on a terminal', TERMINAL, {}, BoardView],
    ['lines in a pipe', {}, {}, PlainView],
    ['lines with --debug, which would run through the board', TERMINAL, { debug: true }, PlainView],
    ['lines on a terminal of unknown size', { isTTY: true, columns: 0, rows: 0 }, {}, PlainView],
    ['JSON where it is asked for', TERMINAL, { json: true }, JsonView],
  ])('is %s', (_title, tty, options, kind) => {
    vi.stubEnv('TERM', 'xterm');
    const { view } = viewOn(tty, options);
    expect(view).toBeInstanceOf(kind);
    view.close();
  });

  it('is lines on a dumb terminal', () => {
    vi.stubEnv('TERM', 'dumb');
    expect(viewOn(TERMINAL, {}).view).toBeInstanceOf(PlainView);
  });

  it('is heard on a terminal alone, and only when it is asked for', () => {
    const rings = (tty: object, options: RunOptions) => {
      const { view, written } = viewOn(tty, options);
      view.result(result('p', WRONG_SIM), NOON);
      return written().includes('\x07');
    };
    expect(rings(TERMINAL, { debug: true, beep: true })).toBe(true);
    expect(rings(TERMINAL, { debug: true })).toBe(false);
    expect(rings({}, { beep: true })).toBe(false);
  });
});
