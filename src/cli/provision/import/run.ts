import { existsSync } from 'node:fs';
import { ModemError } from '../../../errors/modem-error.js';
import { FileRefusedError, problemText } from '../../../provisioning/triples/file-refused.js';
import { readTriples, type TripleFile } from '../../../provisioning/triples/read-triples.js';
import { EXIT, type ExitCode } from '../../exit-codes.js';
import type { Invocation } from '../../invocation.js';
import type { Log } from '../../log.js';
import { counted } from '../../terminal.js';
import { canAsk, confirm } from '../confirm.js';
import { ledgerPath, operatorName, withLedger } from '../open-ledger.js';
import { setUpProduct } from '../product/run.js';
import type { ImportOptions } from './command.js';

export async function run(options: ImportOptions, invocation: Invocation): Promise<ExitCode> {
  const { file, dryRun, newOnly } = options;
  if (file === undefined) {
    if (options.productKey === undefined || dryRun || newOnly) {
      throw usage('no file: give the CSV with the triples');
    }
    await setUpProduct(options, invocation);
    return EXIT.DONE;
  }
  const { productSecret, productSecretFile, nameTemplate, replace } = options;
  if ([productSecret, productSecretFile, nameTemplate, replace].some((value) => value !== undefined)) {
    throw usage(
      'a file brings the secrets of its devices: a ProductSecret, a template and --replace are for ' +
        '`atmqtt provision product`',
    );
  }
  try {
    return (await importFile({ ...options, file }, invocation)) ? EXIT.DONE : EXIT.FAILED;
  } catch (error) {
    throw error instanceof FileRefusedError ? listProblems(error, invocation.log) : error;
  }
}

/** A failure is one line; several problems are a line each in front of it. */
function listProblems(error: FileRefusedError, log: Log): ModemError {
  const { source, problems, count, advice } = error;
  if (count === 1) return error;
  for (const problem of problems) log.note(problemText(problem));
  if (count > problems.length) log.note(`and ${count - problems.length} more`);
  const end = advice === undefined ? '' : `; ${advice}`;
  return new ModemError('FILE_REFUSED', `${source} is refused as a whole: ${count} problems${end}`, {
    cause: error,
  });
}

function usage(text: string): ModemError {
  return new ModemError('INVALID_ARGUMENT', text);
}

/** What came of an import. */
interface Imported {
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
async function importFile(
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
): Promise<Imported> {
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
): Promise<Imported> {
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
  { taken, known, free }: Imported,
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
