import { readFile } from 'node:fs/promises';
import { ModemError } from '../../../errors/modem-error.js';
import { exportText } from '../../../provisioning/books/export-rows.js';
import type { Ledger } from '../../../provisioning/ledger/ledger.js';
import { fileFormat } from '../file-format.js';
import { NewFile } from '../new-file.js';
import type { ExportTeller } from './exported.js';
import { EXPORT_FORMATS } from './options.js';

/**
 * Completes the exports that were cut short, each under its own name, and gives the names. A file that is there already
 * is left alone if it is what it should be. Rejects with `INVALID_ARGUMENT` and what to do if it is not, or cannot be
 * written.
 */
export async function finishEarlier(ledger: Ledger, tell: ExportTeller): Promise<ReadonlySet<string>> {
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
