import type { Client } from '../client/client.js';
import { connect as connectClient } from '../client/connect.js';
import { type ConnectOptions, settingsFor } from '../client/options.js';
import type { Modem } from '../modem/modem.js';
import type { TransportSource } from '../transport/open.js';
import { type CloudConnectOptions, isForCloud, plainOptions } from './aliyun-options.js';
import { checkLedgerAccess } from './ledger-login.js';

/**
 * Opens the module at `port` (a path, a URL, or an open `Modem`), connects it to the broker and returns the client.
 * Options are checked before the port is opened, and so is whether a ledger can be read. A failure of this first connect
 * rejects and leaves nothing open; later losses are recovered from. An open `Modem` stays the caller's: `end()` does not
 * close it.
 *
 * With `aliyun` the device logs in at Alibaba Cloud IoT: with a triple, or with the one that the ledger of the factory
 * has verified in this module. What the cloud does not take is refused with an `ArgumentError`: QoS 2, retained
 * messages, a will, another keepalive than 30–1200 s.
 */
export async function connect(
  port: TransportSource | Modem,
  options: ConnectOptions | CloudConnectOptions,
): Promise<Client> {
  const plain = plainOptions(options);
  if (isForCloud(options) && options.aliyun.ledger !== undefined) {
    await settingsFor(plain);
    await checkLedgerAccess(options.aliyun);
  }
  return connectClient(port, plain);
}
