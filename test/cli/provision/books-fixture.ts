import { Ledger } from '../../../src/provisioning/ledger/ledger.js';
import type { ModuleFacts, Reason } from '../../../src/provisioning/ledger/ledger-types.js';

/** Told from any other text at a glance: none of them may ever be printed. */
export const SECRETS = [
  'Hush-Secret-One-0123456789abcdef',
  'Hush-Secret-Two',
  'Hush-Product-Secret',
] as const;

/** IMEIs of the modules of the tests. */
export const IMEIS = ['861326070275653', '861326070275661', '861326070276008', '861326070276016'] as const;

export const PRODUCT_KEY = 'a1X2bEnP82z';

/** Makes a ledger with so many free triples, `meter-0001` and so on, and gives it to be filled. */
export async function makeLedger(
  path: string,
  triples: number,
  use: (ledger: Ledger) => void | Promise<void> = () => {},
): Promise<void> {
  const ledger = await Ledger.open(path, { create: true });
  try {
    if (triples > 0) ledger.importTriples({ source: 'triples.csv', operator: 'ida' }, rowsOf(triples));
    await use(ledger);
  } finally {
    ledger.close();
  }
}

function rowsOf(count: number): Parameters<Ledger['importTriples']>[1] {
  return Array.from({ length: count }, (_none, index) => ({
    line: index + 2,
    triple: {
      productKey: PRODUCT_KEY,
      deviceName: `meter-${String(index + 1).padStart(4, '0')}`,
      deviceSecret: `${SECRETS[0]}${index}`,
    },
  }));
}

export interface Work {
  readonly station?: string;
  readonly operator?: string;
  readonly port?: string;
}

const ICCID = '89860012345678901234';

/** Brings a triple onto the module, up to its verification; with a reason it fails in the last step. */
export async function provision(
  ledger: Ledger,
  imei: string,
  { station = 'line-1', operator = 'ann', port = '/dev/ttyUSB0' }: Work = {},
  failure?: Reason,
): Promise<void> {
  const run = ledger.enlist({ station, operator });
  const module: ModuleFacts = { imei, iccid: ICCID, firmware: '=NT26("1.0")' };
  const attempt = run.attempt(module, port);
  if (attempt.reserve() === undefined) throw new Error('no free triple');
  await attempt.step('write', async () => {});
  attempt.written();
  await attempt.step('connect', async () => {});
  if (failure === undefined) {
    await attempt.step('prove', async () => {}, 'proof 1');
    attempt.verified();
    attempt.pass();
  } else {
    const prove = attempt.step('prove', () => Promise.reject(new Error(failure.message)));
    await prove.catch(() => attempt.fail(failure));
  }
  run.end();
}
