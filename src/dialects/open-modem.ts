import { Modem } from '../modem/modem.js';
import type { ModulePortOptions } from '../modem/module-port.js';
import { checkModemOptionNames, checkModemOptions, type OpenModemOptions } from '../modem/open-options.js';
import type { TransportSource } from '../transport/open.js';
import { anyModule } from './find.js';

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
  const modem = await closedModem(source, portOptions);
  await modem.reopen(signal === undefined ? {} : { signal });
  return modem;
}

/** A module at a port that is not opened yet: `reopen` does so. */
export async function closedModem(source: TransportSource, options: ModulePortOptions = {}): Promise<Modem> {
  return new Modem(source, await anyModule(), options);
}
