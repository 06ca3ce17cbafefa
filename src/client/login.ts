import type { DeviceTriple } from '../dialects/dialect.js';
import type { Modem } from '../modem/modem.js';

/** Where the broker is, and what CONNECT carries; what is left out is taken from the options. */
export interface Login {
  /** As the option `broker`. */
  readonly broker?: string | undefined;
  readonly clientId?: string | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** As the option `triple`. */
  readonly triple?: DeviceTriple | undefined;
}

/** `signal` fires when the attempt is over: the client ends, its time is up, or the module has restarted meanwhile. */
export type AskLogin = (modem: Modem, options: { readonly signal: AbortSignal }) => Promise<Login>;
