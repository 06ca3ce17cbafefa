import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ArgumentError } from '../../../errors/kinds.js';
import { ModemError } from '../../../errors/modem-error.js';
import { exportText } from '../../../provisioning/books/export-rows.js';
import type { Ledger } from '../../../provisioning/ledger/ledger.js';
import { EXIT, type ExitCode } from '../../exit-codes.js';
import type { Invocation } from '../../invocation.js';
import type { Output } from '../../output.js';
import { counted } from '../../terminal.js';
import { fileFormat, NewFile, writeNewFiles } from '../new-file.js';
import { operatorName, withLedger } from '../open-ledger.js';
import { EXPORT_FORMATS, type ExportOptions } from './command.js';

export async function run(options: ExportOptions, { output, log }: Invocation): Promise<ExitCode> {
  const path = resolve(options.output);
  const format = fileFormat(EXPORT_FORMATS, options.format, path);
  // An export that is cut short is finished under the same name: that must tell the format, too.
  if (format !== fileFormat(EXPORT_FORMATS, undefined, path)) {
    throw new ArgumentError('output', JSON.stringify(options.output), `a name that ends in .${format}`);
  }
  const operator = operatorName(options);
  const tell = new ExportTeller(output, options.json ?? false);
  await withLedger(options, async (ledger) => {
    if (options.repeat !== undefined) return repeatExport(ledger, options.repeat, path, tell);
    const finished = await finishEarlier(ledger, tell);
    if (finished.has(path)) return noteRest(ledger, log);
    const done = await exportNew(ledger, path, operator);
    if (done === undefined) log.note('nothing was verified since the last export: no file is written');
    else await tell.done({ ...done, file: path, finished: false });
  });
  return EXIT.DONE;
}

/** The file is opened first: what cannot be written must not be marked as exported. */
async function exportNew(
  ledger: Ledger,
  path: string,
  operator: string,
): Promise<{ id: number; modules: number } | undefined> {
  const file = await NewFile.create(path);
  try {
    const begun = ledger.beginExport({ operator, file: path });
    if (begun === undefined) return undefined;
    await file.put(exportText(begun.records, fileFormat(EXPORT_FORMATS, undefined, path)));
    ledger.finishExport(begun.id);
    return { id: begun.id, modules: begun.records.length };
  } finally {
    await file.discard();
  }
}

/** The same command again after a crash: its file is there now. */
function noteRest(ledger: Ledger, log: Invocation['log']): void {
  const { verified } = ledger.counts();
  if (verified > 0) log.note(`${counted(verified, 'module')} verified since then: export to another file`);
}

/**
 * Completes the exports that were cut short, each under its own name, and gives the names. A file that is there already
 * is left alone if it is what it should be. Rejects with `INVALID_ARGUMENT` and what to do if it is not, or cannot be
 * written.
 */
async function finishEarlier(ledger: Ledger, tell: ExportTeller): Promise<ReadonlySet<string>> {
  const files = new Set<string>();
  for (const { id, file, records } of ledger.unfinishedExports()) {
    const text = exportText(records, fileFormat(EXPORT_FORMATS, undefined, file));
    await putOrFind(file, text).catch((error: Error) => {
      const way = `give it another name with --repeat ${id} -o <file>`;
      throw new ModemError('INVALID_ARGUMENT', `export ${id} was cut short: ${error.message}; ${way}`);
    });
    ledger.finishExport(id);
    files.add(file);
    await tell.done({ id, file, modules: records.length, finished: true });
  }
  return files;
}

/** Another process may be writing the same text at the same time: whose file it is does not matter. */
async function putOrFind(path: string, text: string): Promise<void> {
  if (await holds(path, text)) return;
  try {
    const file = await NewFile.create(path);
    await file.put(text);
  } catch (error) {
    if (!(await holds(path, text))) throw error;
  }
}

async function holds(path: string, text: string): Promise<boolean> {
  return (await readFile(path, 'utf8').catch(() => undefined)) === text;
}

/** Writes an earlier export again, to the byte; one that was cut short is complete then. */
async function repeatExport(ledger: Ledger, id: number, path: string, tell: ExportTeller): Promise<void> {
  const records = ledger.exported(id);
  if (records.length === 0) {
    throw new ArgumentError('repeat', String(id), 'the number of an export');
  }
  await writeNewFiles(new Map([[path, exportText(records, fileFormat(EXPORT_FORMATS, undefined, path))]]));
  const unfinished = ledger.unfinishedExports().some((one) => one.id === id);
  if (unfinished) ledger.finishExport(id);
  await tell.done({ id, file: path, modules: records.length, finished: unfinished });
}

/** An export whose file is in place. */
interface Exported {
  readonly id: number;
  readonly file: string;
  readonly modules: number;
  /** It was cut short earlier, and is complete now. */
  readonly finished: boolean;
}

/** Tells what is in which file. */
class ExportTeller {
  readonly #output: Output;
  readonly #json: boolean;

  constructor(output: Output, json: boolean) {
    this.#output = output;
    this.#json = json;
  }

  async done({ id, file, modules, finished }: Exported): Promise<void> {
    if (this.#json) return this.#output.json({ export: id, file, modules, finished });
    const what = finished ? `export ${id}, which was cut short, is complete` : `export ${id}`;
    return this.#output.line(`${what}: ${counted(modules, 'module')} in ${file}`);
  }
}
