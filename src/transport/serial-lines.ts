import { ArgumentError } from '../errors/kinds.js';
import { ModemError } from '../errors/modem-error.js';
import { delay } from '../util/delay.js';
import { serialError } from './serial-errors.js';
import type { LineControl, LineState, OutputLines } from './transport.js';

/** What is used of an open port of the binding of `serialport`. */
export interface ControlledPort {
  readonly isOpen: boolean;
  /** Sets every line: what is left out is switched off. */
  set(lines: { readonly brk: boolean; readonly dtr: boolean; readonly rts: boolean }): Promise<void>;
  get(): Promise<{ readonly cts: boolean; readonly dsr: boolean; readonly dcd: boolean }>;
}

/** Milliseconds. */
const MAX_BREAK = 10_000;

/** Throws an `ArgumentError` for a length of a break in ms that nobody can mean. */
export function checkBreak(duration: number): void {
  if (Number.isInteger(duration) && duration >= 1 && duration <= MAX_BREAK) return;
  throw new ArgumentError('duration', String(duration), `a whole number of ms from 1 to ${MAX_BREAK}`);
}

/** The control lines of a local serial port. */
export class SerialLines implements LineControl {
  readonly #name: string;
  readonly #port: ControlledPort;
  #outputs: Required<OutputLines>;
  readonly #closed = new AbortController();
  #last: Promise<unknown> = Promise.resolve();

  /** `outputs` as they are now; the system raises both when it opens a port. */
  constructor(name: string, port: ControlledPort, outputs: OutputLines = {}) {
    this.#name = name;
    this.#port = port;
    this.#outputs = { dtr: true, rts: true, ...outputs };
  }

  setLines(lines: OutputLines): Promise<void> {
    return this.#inTurn(async () => {
      const outputs = { ...this.#outputs, ...lines };
      await this.#port.set({ ...outputs, brk: false });
      this.#outputs = outputs;
    });
  }

  async sendBreak(duration: number): Promise<void> {
    checkBreak(duration);
    return this.#inTurn(async () => {
      await this.#port.set({ ...this.#outputs, brk: true });
      await delay(duration, this.#closed.signal);
      await this.#port.set({ ...this.#outputs, brk: false });
    });
  }

  readLines(): Promise<LineState> {
    return this.#inTurn(async () => {
      const { cts, dsr, dcd } = await this.#port.get();
      return { ...this.#outputs, cts, dsr, dcd };
    });
  }

  /** Ends what is under way; the owner closes the port. */
  close(): void {
    this.#closed.abort();
  }

  #inTurn<T>(operation: () => Promise<T>): Promise<T> {
    const result = this.#last.then(operation).catch((error: Error) => {
      throw this.#toError(error);
    });
    this.#last = result.catch(() => {});
    return result;
  }

  #toError(error: Error): ModemError {
    if (this.#closed.signal.aborted || !this.#port.isOpen)
      return new ModemError('CLOSED', `${this.#name}: the port is closed`);
    // Pseudo-terminals, and some adapters.
    if (/inappropriate ioctl|not supported/i.test(error.message)) {
      const words = `${this.#name}: this port has no control lines (DTR, RTS, break)`;
      return new ModemError('UNSUPPORTED', words, { cause: error });
    }
    return serialError(this.#name, error);
  }
}
