import type { ModemError } from '../errors/modem-error.js';
import type { Registration } from './registration.js';
import type { SimStatus } from './sim.js';

export interface ModemEvents {
  /** A line that came unasked, declared or not. Wire text (latin1). */
  urc: [line: string];
  /** The registration with the network changed. */
  registration: [registration: Registration];
  /** The SIM came, went or wants something. */
  sim: [status: SimStatus];
  /** The module restarted or powers down; what was pending has been rejected with `REBOOTED`. */
  reboot: [marker: string];
  /** The start-up after a restart is over. */
  ready: [];
  /** The module does not answer any more, or did not come back after a restart; `reset` and `reopen` may help. */
  unresponsive: [error: ModemError];
  /** The port vanished (then with an error), or `close` was called. */
  close: [error: ModemError | undefined];
}
