import { existsSync } from 'node:fs';
import { ModemError } from '../../../errors/modem-error.js';
import { problemText } from '../../../provisioning/triples/file-refused.js';
import { readTriples, type TripleFile } from '../../../provisioning/triples/read-triples.js';
import type { Invocation } from '../../invocation.js';
import { canAsk, confirm } from '../confirm.js';
import { ledgerPath, withLedger } from '../open-ledger.js';
import { operatorName } from '../operator.js';
import { counted } from '../words.js';
import type { ImportOptions } from './options.js';

/** What came of an import. */
interface Result {
  /** How many were taken, or would be. */
  readonly taken: number;
  /** How many the ledger has already. */
  readonly known: number;
  /** Free triples. */
  readonly free: { readonly before: number; readonly after: number };
}

type Context = Pick<Invocation, 'output' | 'log' | 'input' | 'signal'>;

/**
 * Imports the file and prints what came of it; false if somebody was asked and said no. Rejects with `FILE_REFUSED`, and
 * as `withLedger`.
 */
export async function importFile(
  options: ImportOptions & { readonly file: string },
  context: Context,
): Promise<boolean> {
  const { file: path, productKey, dryRun = false, json = false } = options;
  const { output, log } = context;
  const operator = operatorName(options);
  const ledger = ledgerPath(options);
  const file = await readTriples(path, { productKey });
  listWarnings(file, log);
  if (!dryRun && !(await agreed(path, file, options, context))) {
    log.note('nothing was imported');
    return false;
  }
  const result = dryRun
    ? await compare(path, file, ledger, options)
    : await take(path, file, operator, options);
  const { encoding, ignoredColumns, productKeys, warnings } = file;
  if (json) {
    const { taken, known, free } = result;
    const counts = dryRun ? { found: taken } : { imported: taken };
    const facts = { productKeys, encoding, ignoredColumns, warnings: warnings.count };
    await output.json({ file: path, ...counts, known, dryRun, free, ...facts });
    return true;
  }
  if (ignoredColumns.length > 0) log.note(`not read: ${ignoredColumns.join(', ')}`);
  for (const line of resultLines(path, file, result, dryRun)) await output.line(line);
  return true;
}

function listWarnings({ warnings }: TripleFile, log: Context['log']): void {
  const { shown, count } = warnings;
  for (const warning of shown) log.note(`odd: ${problemText(warning)}`);
  if (count > shown.length) log.note(`odd: and ${count - shown.length} more`);
}

/** Whether a file that looks odd is to be imported. Rejects with `FILE_REFUSED` when there is nobody to be asked. */
async function agreed(
  path: string,
  { warnings }: TripleFile,
  { yes = false }: ImportOptions,
  { input, signal }: Context,
): Promise<boolean> {
  if (yes || warnings.count === 0) return true;
  const what = `${path} looks odd in ${counted(warnings.count, 'place')}`;
  if (canAsk(input())) return confirm(`${what}. Import it all the same?`, input(), signal);
  throw new ModemError('FILE_REFUSED', `${what}: compare it with the console of the cloud, then give --yes`);
}

function take(
  path: string,
  { rows }: TripleFile,
  operator: string,
  { newOnly = false, ...options }: ImportOptions,
): Promise<Result> {
  return withLedger(
    options,
    (ledger) => {
      const before = ledger.counts().new;
      const taken = ledger.importTriples({ source: path, operator }, rows, { newOnly });
      return { taken, known: rows.length - taken, free: { before, after: ledger.counts().new } };
    },
    { create: true },
  );
}

/** A ledger that is not there yet has nothing against the file, and is not made. */
async function compare(
  path: string,
  { rows }: TripleFile,
  ledger: string,
  { newOnly = false, ...options }: ImportOptions,
): Promise<Result> {
  if (!existsSync(ledger)) return { taken: rows.length, known: 0, free: { before: 0, after: rows.length } };
  return withLedger(options, (open) => {
    const { fresh, known } = open.compareTriples(path, rows, { newOnly });
    const before = open.counts().new;
    return { taken: fresh.length, known, free: { before, after: before + fresh.length } };
  });
}

function resultLines(
  path: string,
  file: TripleFile,
  { taken, known, free }: Result,
  dryRun: boolean,
): string[] {
  const { productKeys, encoding, warnings } = file;
  const products = productKeys.length === 1 ? `product ${productKeys[0]}` : `${productKeys.length} products`;
  const found = `${counted(taken, 'triple')} of ${products}`;
  const rest = known === 0 ? '' : `; ${known} left out, the ledger has them already`;
  const hint = warnings.count === 0 ? '' : ' with --yes';
  return dryRun
    ? [
        `${path} (${encoding}) can be imported${hint}: ${found}${rest}; nothing was changed`,
        `free triples: ${free.before}, afterwards ${free.after}`,
      ]
    : [
        `imported from ${path} (${encoding}): ${found}${rest}`,
        `free triples: ${free.before} before, ${free.after} now`,
      ];
}
