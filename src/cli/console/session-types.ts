import type { FinalResult } from '../../at/result-codes.js';
import type { ModemError } from '../../errors/modem-error.js';
import type { Item } from './traffic.js';

/** How a command line ended. */
export type Answer =
  | { readonly kind: 'final'; readonly result: FinalResult }
  /** No final result code within the limit (ms), and nobody wants to wait longer. */
  | { readonly kind: 'silent'; readonly limit: number }
  /** Ctrl-C, or the console ends. */
  | { readonly kind: 'given-up' }
  /** It could not be written, or the port went away, or the driver refused it. */
  | { readonly kind: 'failed'; readonly error: ModemError };

/** Bytes that the module takes now, or that the console gathers before it sends the line. */
export interface DataMode {
  /** Bytes in all; undefined: until Ctrl-Z or Esc. */
  readonly wanted: number | undefined;
  /** Bytes given so far. */
  readonly given: number;
}

/** `raw`: lines go to the wire as they are. The others: the driver has the port, and a session with a broker or not. */
export type Connection = 'no port' | 'raw' | 'connecting' | 'connected' | 'offline';

export interface SessionEvents {
  item: [item: Item];
  /** The same for what is asked quietly. */
  hidden: [item: Item];
  /** The console speaks. */
  note: [text: string, kind: 'plain' | 'good' | 'bad'];
  /** Connection, data mode, or what is pending has changed. */
  state: [];
}

export interface AskOptions {
  /** ms, default that of the declaration, or 5000. */
  readonly limit?: number;
  /** What goes behind the prompt; by default it is asked for with `data`. */
  readonly payload?: Buffer;
  /** At the limit: `wait` says so and goes on waiting (default), `end` ends it as `silent`. */
  readonly atLimit?: 'wait' | 'end';
}

/** How a line ended, for those who run many: `silent` the module did not answer, or restarted, `failed` it refused or could not. */
export type Outcome = 'done' | 'failed' | 'silent' | 'given-up' | 'no-port';
