import { closedModem, openModem } from '../dialects/open-modem.js';
import { pickOptions } from '../errors/check-options.js';
import { abortedError, type ModemError } from '../errors/modem-error.js';
import { Modem } from '../modem/modem.js';
import { MODEM_OPTION_NAMES, type OpenModemOptions } from '../modem/open-options.js';
import { checkSource, type TransportSource } from '../transport/open.js';
import { Client } from './client.js';
import { type ConnectOptions, settingsFor } from './options.js';
import { openOutbox } from './outbox/open-outbox.js';

/**
 * Opens the module at `port` (a path, a URL, or an open `Modem`), connects it to the broker and returns the client.
 * Options are checked before the port is opened. A failure of this first connect rejects and leaves nothing open;
 * later losses are recovered from. An open `Modem` stays the caller's: `end()` does not close it.
 *
 * With `offlineStart` it returns a client that is not connected yet, and goes on trying. What no further attempt can
 * change still rejects: options that cannot be, an outbox that cannot be used.
 */
export async function connect(port: TransportSource | Modem, options: ConnectOptions): Promise<Client> {
  const settings = await settingsFor(options);
  const ownsModem = !(port instanceof Modem);
  if (ownsModem) checkSource(port);
  if (options.signal?.aborted) throw abortedError(options.signal, 'connect');
  const outbox = await openOutbox(settings.outbox);
  let modem: Modem;
  try {
    modem = ownsModem ? await modemAt(port, options, settings.offlineStart) : port;
  } catch (error) {
    outbox.close(error as ModemError);
    throw error;
  }
  const client = new Client(modem, settings, outbox, ownsModem);
  if (settings.offlineStart) client.begin(options.signal);
  else await client.start(options.signal);
  return client;
}

/** With `offline` its port is closed: the first attempt opens it. */
async function modemAt(port: TransportSource, options: ConnectOptions, offline: boolean): Promise<Modem> {
  const modemOptions: OpenModemOptions = pickOptions(options, MODEM_OPTION_NAMES);
  if (!offline) return openModem(port, modemOptions);
  const { signal: _signal, ...portOptions } = modemOptions;
  return closedModem(port, portOptions);
}
