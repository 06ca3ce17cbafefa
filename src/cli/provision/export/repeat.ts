import { ArgumentError } from '../../../errors/kinds.js';
import { exportText } from '../../../provisioning/books/export-rows.js';
import type { Ledger } from '../../../provisioning/ledger/ledger.js';
import { fileFormat } from '../file-format.js';
import { writeNewFiles } from '../new-file.js';
import type { ExportTeller } from './exported.js';
import { EXPORT_FORMATS } from './options.js';

/** Writes an earlier export again, to the byte; one that was cut short is complete then. */
export async function repeatExport(
  ledger: Ledger,
  id: number,
  path: string,
  tell: ExportTeller,
): Promise<void> {
  const records = ledger.exported(id);
  if (records.length === 0) {
    throw new ArgumentError('repeat', String(id), 'the number of an export');
  }
  await writeNewFiles(new Map([[path, exportText(records, fileFormat(EXPORT_FORMATS, undefined, path))]]));
  const unfinished = ledger.unfinishedExports().some((one) => one.id === id);
  if (unfinished) ledger.finishExport(id);
  await tell.done({ id, file: path, modules: records.length, finished: unfinished });
}
