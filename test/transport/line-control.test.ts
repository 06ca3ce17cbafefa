import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { memoryLink } from '../../src/transport/memory.js';
import { openTransport } from '../../src/transport/open.js';
import { openWithThreadPool } from '../../src/transport/serial.js';
import { SerialLines } from '../../src/transport/serial-lines.js';
import { traced } from '../../src/transport/trace.js';
import { lineControl } from '../../src/transport/transport.js';
import { hasPty, openPty } from '../helpers/pty.js';

/** The binding of `serialport`: `set` switches off what is left out. */
class LinePort {
  isOpen = true;
  readonly calls: string[] = [];
  failure: Error | undefined;

  async set(lines: { readonly brk: boolean; readonly dtr: boolean; readonly rts: boolean }): Promise<void> {
    this.calls.push(
      Object.entries(lines)
        .filter(([, on]) => on)
        .map(([name]) => name)
        .sort()
        .join('+'),
    );
    if (this.failure) throw this.failure;
  }

  async get() {
    return { cts: true, dsr: false, dcd: true };
  }
}

describe('SerialLines', () => {
  it('leaves the lines that are not named', async () => {
    const port = new LinePort();
    const lines = new SerialLines('/dev/ttyX', port);
    await lines.setLines({ dtr: false });
    await lines.setLines({ rts: false });
    await lines.setLines({ dtr: true });
    expect(port.calls).toEqual(['rts', '', 'dtr']);
    expect(await lines.readLines()).toEqual({ dtr: true, rts: false, cts: true, dsr: false, dcd: true });
  });

  it('starts with the outputs as the port was opened', async () => {
    const port = new LinePort();
    await new SerialLines('/dev/ttyX', port, { dtr: false }).setLines({});
    expect(port.calls).toEqual(['rts']);
  });

  it('holds a break, and lets the next operation wait for its end', async () => {
    const port = new LinePort();
    const lines = new SerialLines('/dev/ttyX', port);
    await Promise.all([lines.sendBreak(5), lines.setLines({ dtr: false })]);
    expect(port.calls).toEqual(['brk+dtr+rts', 'dtr+rts', 'rts']);
  });

  it('refuses a break that nobody can mean before anything is set', async () => {
    const port = new LinePort();
    const lines = new SerialLines('/dev/ttyX', port);
    for (const duration of [0, -1, 1.5, 10_001, Number.NaN]) {
      await expect(lines.sendBreak(duration)).rejects.toMatchObject({
        code: 'INVALID_ARGUMENT',
        field: 'duration',
      });
    }
    expect(port.calls).toEqual([]);
  });

  it('ends a break when the port is closed', async () => {
    const port = new LinePort();
    const lines = new SerialLines('/dev/ttyX', port);
    const broken = lines.sendBreak(10_000);
    port.failure = new Error('Port is not open');
    lines.close();
    await expect(broken).rejects.toMatchObject({ code: 'CLOSED' });
  });

  it('goes on after a failure, and keeps what was set', async () => {
    const port = new LinePort();
    const lines = new SerialLines('/dev/ttyX', port);
    port.failure = new Error('Error: Inappropriate ioctl for device, cannot set');
    await expect(lines.setLines({ dtr: false })).rejects.toMatchObject({ code: 'UNSUPPORTED' });
    port.failure = undefined;
    expect(await lines.readLines()).toMatchObject({ dtr: true });
  });
});

describe('lineControl', () => {
  it('finds none where there is none', () => {
    const [one] = memoryLink();
    expect(lineControl(one)).toBeUndefined();
    expect(lineControl(traced(one, () => {}))).toBeUndefined();
  });

  it.skipIf(!hasPty)('is that of the port below a trace, with either binding', async () => {
    const pty = await openPty();
    try {
      for (const open of [
        () => openTransport(pty.path),
        () => openWithThreadPool({ path: pty.path, baudRate: 9600 }),
      ]) {
        const port = traced(await open(), () => {});
        const lines = lineControl(port);
        expect(lines).toBeDefined();
        // A pseudo-terminal has no such lines.
        await expect(lines?.setLines({ dtr: false })).rejects.toMatchObject({ code: 'UNSUPPORTED' });
        await expect(lines?.readLines()).rejects.toMatchObject({ code: 'UNSUPPORTED' });
        await expect(lines?.sendBreak(5)).rejects.toMatchObject({ code: 'UNSUPPORTED' });
        port.destroy();
        await once(port, 'close');
        await expect(lines?.setLines({ dtr: false })).rejects.toMatchObject({ code: 'CLOSED' });
      }
    } finally {
      await pty.close();
    }
  });
});
