import type { TransportSource } from '../transport/open.js';
import { Modem } from './modem.js';
import { checkModemOptionNames, checkModemOptions, type OpenModemOptions } from './open-options.js';

/**
 * Opens the port (`/dev/ttyUSB0`, `COM3`, `tcp://host:port`, … see `TransportSource`) and runs the start-up. Rejects
 * with a `ModemError`: why the port cannot be opened, `NOT_RESPONDING`, `REBOOTED` for a module that restarts again and
 * again, or `ABORTED`. Nothing stays open then. Options that cannot be, and unknown ones, reject with an
 * `ArgumentError` before that.
 */
export async function openModem(source: TransportSource, options: OpenModemOptions = {}): Promise<Modem> {
  checkModemOptionNames(options);
  checkModemOptions(options);
  const { signal, ...portOptions } = options;
  const modem = new Modem(source, portOptions);
  await modem.reopen(signal === undefined ? {} : { signal });
  return modem;
}
