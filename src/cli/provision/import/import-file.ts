import { existsSync } from 'node:fs';
import { refuseConflicts } from '../../../provisioning/triples/conflicts.js';
import type { TripleFile } from '../../../provisioning/triples/parse-triples.js';
import { readTriples } from '../../../provisioning/triples/read-triples.js';
import type { Invocation } from '../../invocation.js';
import { ledgerPath, withLedger } from '../open-ledger.js';
import { operatorName } from '../operator.js';
import type { ImportOptions } from './options.js';

/** Free triples. */
interface Free {
  readonly before: number;
  readonly after: number;
}

/** Imports the file and prints what came of it. Rejects with `FILE_REFUSED`, and as `withLedger`. */
export async function importFile(
  options: ImportOptions & { readonly file: string },
  { output, log }: Pick<Invocation, 'output' | 'log'>,
): Promise<void> {
  const { file: path, productKey, dryRun = false, json = false } = options;
  const operator = operatorName(options);
  const ledger = ledgerPath(options);
  const file = await readTriples(path, { productKey });
  const free = dryRun
    ? await compare(path, file, ledger, options)
    : await take(path, file, operator, options);
  const { encoding, ignoredColumns, productKeys, rows } = file;
  if (json) {
    const counts = dryRun ? { found: rows.length } : { imported: rows.length };
    await output.json({ file: path, ...counts, dryRun, free, productKeys, encoding, ignoredColumns });
    return;
  }
  if (ignoredColumns.length > 0) log.note(`not read: ${ignoredColumns.join(', ')}`);
  for (const line of resultLines(path, file, free, dryRun)) await output.line(line);
}

function take(path: string, { rows }: TripleFile, operator: string, options: ImportOptions): Promise<Free> {
  return withLedger(
    options,
    (ledger) => {
      const before = ledger.counts().new;
      refuseConflicts(path, rows, ledger.triples());
      ledger.importTriples({ source: path, operator }, rows);
      return { before, after: ledger.counts().new };
    },
    { create: true },
  );
}

/** A ledger that is not there yet has nothing against the file, and is not made. */
async function compare(
  path: string,
  { rows }: TripleFile,
  ledger: string,
  options: ImportOptions,
): Promise<Free> {
  if (!existsSync(ledger)) return { before: 0, after: rows.length };
  return withLedger(options, (open) => {
    refuseConflicts(path, rows, open.triples());
    const before = open.counts().new;
    return { before, after: before + rows.length };
  });
}

function resultLines(path: string, file: TripleFile, free: Free, dryRun: boolean): string[] {
  const { rows, productKeys, encoding } = file;
  const triples = rows.length === 1 ? '1 triple' : `${rows.length} triples`;
  const products = productKeys.length === 1 ? `product ${productKeys[0]}` : `${productKeys.length} products`;
  const found = `${triples} of ${products}`;
  return dryRun
    ? [
        `${path} (${encoding}) can be imported: ${found}; nothing was changed`,
        `free triples: ${free.before}, afterwards ${free.after}`,
      ]
    : [
        `imported from ${path} (${encoding}): ${found}`,
        `free triples: ${free.before} before, ${free.after} now`,
      ];
}
