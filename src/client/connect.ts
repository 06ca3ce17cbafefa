import type { ModemError } from '../errors/modem-error.js';
import { Modem } from '../modem/modem.js';
import { openModem } from '../modem/open.js';
import type { TransportSource } from '../transport/open.js';
import { Client } from './client.js';
import { type ConnectOptions, parseOptions } from './options.js';
import { openOutbox } from './outbox/open-outbox.js';

/**
 * Opens the module at `port` (a path, a URL, or an open `Modem`), connects it to the broker and returns the client.
 * Options are checked before the port is opened. A failure of this first connect rejects and leaves nothing open;
 * later losses are recovered from. An open `Modem` stays the caller's: `end()` does not close it.
 */
export async function connect(port: TransportSource | Modem, options: ConnectOptions): Promise<Client> {
  const settings = parseOptions(options);
  const ownsModem = !(port instanceof Modem);
  const outbox = await openOutbox(settings.outbox);
  let modem: Modem;
  try {
    modem = ownsModem ? await openModem(port, options) : port;
  } catch (error) {
    outbox.close(error as ModemError);
    throw error;
  }
  const client = new Client(modem, settings, outbox, ownsModem);
  await client.start(options.signal);
  return client;
}
