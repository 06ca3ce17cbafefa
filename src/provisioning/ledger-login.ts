import type { AskLogin } from '../client/login.js';
import { aliyunConnectOptions } from '../cloud/aliyun/connect-options.js';
import type { AliyunLoginOptions } from '../cloud/aliyun/login-options.js';
import { ModemError } from '../errors/modem-error.js';
import type { Ledger } from './ledger/ledger.js';

/** Where the triples are, and how a device logs in with one. */
export interface LedgerLoginOptions extends AliyunLoginOptions, LedgerAccess {}

export interface LedgerAccess {
  readonly ledger: string;
  readonly passphrase?: string | undefined;
}

/** ms that a gateway waits for stations that write: its event loop stands still meanwhile, and it tries again anyway. */
const BUSY_TIMEOUT = 2_000;

/**
 * A login with the triple that was verified in the module, looked up by its IMEI each time: a module that was exchanged
 * gets its own. Rejects with `NOT_PROVISIONED` if there is none, `LEDGER_BUSY`, `LEDGER_UNUSABLE`, and as `Modem.imei`.
 */
export function ledgerLogin(options: LedgerLoginOptions): AskLogin {
  return async (modem, { signal }) => {
    const imei = await modem.imei({ signal });
    const triple = await withLedger(options, (ledger) => ledger.verifiedTripleOf(imei));
    if (triple === undefined) throw notProvisioned(imei, options.ledger);
    const { broker, clientId, username, password, triple: written } = aliyunConnectOptions(triple, options);
    return { broker, clientId, username, password, triple: written };
  };
}

/** Rejects with `LEDGER_BUSY` or `LEDGER_UNUSABLE` if the ledger cannot be read. */
export async function checkLedgerAccess(access: LedgerAccess): Promise<void> {
  await withLedger(access, (ledger) => ledger.counts());
}

/**
 * The ledger is open for one look only: a gateway opens a session a few times a day. One that held it for months would go
 * on with the old file after a copy was put back in its place, and with a log that no station may shorten.
 */
async function withLedger<T>(
  { ledger: path, passphrase }: LedgerAccess,
  use: (ledger: Ledger) => T,
): Promise<T> {
  const { Ledger } = await import('./ledger/ledger.js');
  const key = passphrase === undefined ? {} : { passphrase };
  const ledger = await Ledger.open(path, { ...key, busyTimeout: BUSY_TIMEOUT });
  try {
    return use(ledger);
  } finally {
    ledger.close();
  }
}

function notProvisioned(imei: string, path: string): ModemError {
  return new ModemError(
    'NOT_PROVISIONED',
    `the ledger ${path} has no verified triple for the module with the IMEI ${imei}: put it on a station ` +
      `(atmqtt provision run), or see what happened to it (atmqtt provision audit ${imei})`,
  );
}
