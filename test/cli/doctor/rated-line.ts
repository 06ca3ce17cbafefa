import { spawnSync } from 'node:child_process';
import { SimulatedModem } from '../../../src/simulator/simulated-modem.js';
import { openTransport } from '../../../src/transport/open.js';
import { openPty } from '../../helpers/pty.js';

/** A module on a pseudo-terminal that understands one rate only. */
export interface RatedLine {
  readonly path: string;
  readonly modem: SimulatedModem;
  /** Command lines that reached the module whole, and the rates that were set. */
  readonly rates: ReadonlySet<number>;
  close(): Promise<void>;
}

/**
 * A pseudo-terminal carries bytes at any rate, but knows which one is set on it: bytes at another rate than the module's
 * become others, as the UARTs at both ends would sample them. `mute`: the module at a wrong rate hears nothing that it
 * would answer, so that the line is silent; else garbage comes back.
 */
export async function openRatedLine(rate: number, { mute = false } = {}): Promise<RatedLine> {
  const [pty, modem] = await Promise.all([openPty(), SimulatedModem.start({ seed: 1 })]);
  const module = await openTransport(modem.url);
  const rates = new Set<number>();
  pty.stream.on('data', (bytes: Buffer) => {
    const set = rateOf(pty.path);
    rates.add(set);
    if (set === rate) module.write(bytes);
    else if (!mute) pty.stream.write(garbled(bytes));
  });
  module.on('data', (bytes: Buffer) => {
    pty.stream.write(rateOf(pty.path) === rate ? bytes : garbled(bytes));
  });
  return {
    path: pty.path,
    modem,
    rates,
    async close() {
      await pty.close();
      module.destroy();
      await modem.close();
    },
  };
}

/** The rate that is set on a terminal, bit/s. */
function rateOf(path: string): number {
  const { stdout, stderr } = spawnSync('stty', ['-F', path, 'speed'], { encoding: 'utf8' });
  if (!/^\d+\n$/.test(stdout)) throw new Error(`stty: ${stderr}`);
  return Number(stdout);
}

/** What a receiver at another rate makes of the bytes: other bytes, most of them no text. */
function garbled(bytes: Buffer): Buffer {
  return Buffer.from(bytes.map((byte) => 0x80 | (byte >> 1)));
}
