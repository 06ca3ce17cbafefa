import { resolve } from 'node:path';
import { ArgumentError } from '../../../errors/kinds.js';
import { exportText } from '../../../provisioning/books/export-rows.js';
import type { Ledger } from '../../../provisioning/ledger/ledger.js';
import { EXIT, type ExitCode } from '../../exit-codes.js';
import type { Invocation } from '../../invocation.js';
import { fileFormat } from '../file-format.js';
import { NewFile } from '../new-file.js';
import { withLedger } from '../open-ledger.js';
import { operatorName } from '../operator.js';
import { counted } from '../words.js';
import { ExportTeller } from './exported.js';
import { EXPORT_FORMATS, type ExportOptions } from './options.js';
import { repeatExport } from './repeat.js';
import { finishEarlier } from './unfinished.js';

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
