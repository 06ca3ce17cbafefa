import { PassThrough } from 'node:stream';
import xterm from '@xterm/headless';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LiveFrame } from '../../src/cli/live-frame.js';

const COLUMNS = 40;
const ROWS = 12;

/** A terminal emulator, and the stream that writes to it. */
function emulator() {
  const terminal = new xterm.Terminal({
    cols: COLUMNS,
    rows: ROWS,
    allowProposedApi: true,
    convertEol: true,
  });
  const tty = { isTTY: true, columns: COLUMNS, rows: ROWS };
  const stream = Object.assign(new PassThrough(), tty) as unknown as NodeJS.WriteStream & PassThrough;
  /** What is on it, without blank ends of lines and without the empty lines at the end. */
  const screen = async () => {
    const bytes: Buffer | null = stream.read();
    await new Promise<void>((resolve) => terminal.write(bytes ?? '', resolve));
    const { active } = terminal.buffer;
    const lines = Array.from(
      { length: active.length },
      (_, row) => active.getLine(row)?.translateToString(true) ?? '',
    );
    return lines
      .map((line) => line.trimEnd())
      .join('\n')
      .trimEnd();
  };
  return { stream, screen };
}

const noKeys = new PassThrough() as unknown as NodeJS.ReadStream;

const LINE = fc.constantFrom('', '', 'a', 'bb', '/dev/ttyUSB0  PASS', 'x'.repeat(COLUMNS - 1));
const FRAMES = fc.array(fc.array(LINE, { minLength: 1, maxLength: ROWS - 2 }), {
  minLength: 2,
  maxLength: 8,
});

describe('a picture that is drawn over and over', () => {
  it('is on the terminal as it was drawn, whatever was there before', async () => {
    await fc.assert(
      fc.asyncProperty(FRAMES, async (frames) => {
        const { stream, screen } = emulator();
        const frame = new LiveFrame(stream, () => {}, noKeys);
        for (const lines of frames) {
          frame.draw(lines);
          expect(await screen()).toBe(lines.join('\n').trimEnd());
        }
        frame.close();
        expect(await screen()).toBe('');
      }),
      { numRuns: 300 },
    );
  });

  it('stays below the lines that stay', async () => {
    const { stream, screen } = emulator();
    const frame = new LiveFrame(stream, () => {}, noKeys);
    frame.draw(['one', '', 'two', '']);
    frame.persist('restarted');
    frame.draw(['one', '', '', '']);
    expect(await screen()).toBe('restarted\none');
    frame.close({ keep: true });
    expect(await screen()).toBe('restarted\none');
  });
});
