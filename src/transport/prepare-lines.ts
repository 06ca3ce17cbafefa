import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { realpath } from 'node:fs/promises';
import { ModemError } from '../errors/modem-error.js';
import { type ControlledPort, SerialLines } from './serial-lines.js';
import type { SerialSettings } from './serial-url.js';
import type { OutputLines } from './transport.js';

/** A port as the binding of `serialport` opened it. */
export interface JustOpened extends ControlledPort {
  readonly fd: number | null;
}

type LineSettings = Pick<SerialSettings, 'path' | 'dtr' | 'rts' | 'hupcl'>;

const WINDOWS = process.platform === 'win32';

/** /dev/pts/3 on Linux, /dev/ttys003 on macOS. */
const PSEUDO_TERMINAL = /^\/dev\/(?:pts\/|ttys)\d+$/;

/**
 * Sets DTR, RTS and what closing does to them on a port that was just opened, and gives the outputs as they are then.
 * On a pseudo-terminal, which has no such lines, DTR and RTS are asked for all the same, and the refusal is ignored.
 * Rejects with `UNSUPPORTED` if any other port has none, and with `PORT_FAILED` if `hupcl=false` cannot be set.
 */
export async function prepareLines(port: JustOpened, settings: LineSettings): Promise<OutputLines> {
  const { path, dtr, rts, hupcl } = settings;
  if (hupcl === false && !WINDOWS) await keepLinesAtClose(path, port.fd);
  // Linux and macOS raise both when they open a port; what the binding makes of it on Windows stands in its source.
  const outputs: OutputLines = WINDOWS ? { dtr: hupcl ?? true, rts: false } : {};
  const wanted = { ...(dtr === undefined ? {} : { dtr }), ...(rts === undefined ? {} : { rts }) };
  if (dtr === undefined && rts === undefined) return outputs;
  try {
    await new SerialLines(path, port, outputs).setLines(wanted);
  } catch (error) {
    if (!(error instanceof ModemError) || error.code !== 'UNSUPPORTED' || !(await isPseudoTerminal(path)))
      throw error;
  }
  return { ...outputs, ...wanted };
}

/**
 * The binding sets the flag HUPCL of a port if it is asked to, but never clears it, and drivers of serial ports begin
 * with it set. So `stty` clears it, on the descriptor that is open: DTR does not move.
 */
async function keepLinesAtClose(path: string, fd: number | null): Promise<void> {
  const stty = spawn('stty', ['-hupcl'], { stdio: [fd, 'ignore', 'pipe'] });
  let words = '';
  stty.stderr?.on('data', (chunk) => {
    words += chunk;
  });
  const reason = await once(stty, 'close').then(
    ([code]) => (code === 0 ? undefined : words.trim() || `it ended with ${code}`),
    (error: Error) => error.message,
  );
  if (reason === undefined) return;
  throw new ModemError('PORT_FAILED', `${path}: hupcl=false could not be set by the command stty: ${reason}`);
}

async function isPseudoTerminal(path: string): Promise<boolean> {
  return PSEUDO_TERMINAL.test(await realpath(path).catch(() => path));
}
