import { extname } from 'node:path';
import {
  DEFAULT_SHEET,
  type Label,
  labelsCsv,
  labelsOf,
  sheetsSvg,
} from '../../../provisioning/books/labels.js';
import { EXIT, type ExitCode } from '../../exit-codes.js';
import type { Invocation } from '../../invocation.js';
import { fileFormat } from '../file-format.js';
import { writeNewFiles } from '../new-file.js';
import { withLedger } from '../open-ledger.js';
import { counted } from '../words.js';
import { choiceOf, chosenRecords } from './choice.js';
import { LABEL_FORMATS, type LabelsOptions } from './options.js';

export async function run(options: LabelsOptions, { output, log }: Invocation): Promise<ExitCode> {
  const format = fileFormat(LABEL_FORMATS, options.format, options.output);
  const choice = choiceOf(options, Date.now());
  const pagesOf = format === 'csv' ? (labels: readonly Label[]) => [labelsCsv(labels)] : svgPages(options);
  const labels = labelsOf(await withLedger(options, (ledger) => chosenRecords(ledger, choice)));
  if (labels.length === 0) {
    log.note('no verified module is among them: no file is written');
    return EXIT.DONE;
  }
  const files = named(options.output, pagesOf(labels));
  await writeNewFiles(files);
  const names = [...files.keys()];
  if (options.json === true) await output.json({ labels: labels.length, files: names });
  else await output.line(`${counted(labels.length, 'label')} in ${names.join(', ')}`);
  return EXIT.DONE;
}

function svgPages(options: LabelsOptions): (labels: readonly Label[]) => string[] {
  const { paper, columns, rows, margin } = { ...DEFAULT_SHEET, ...options };
  // No label at all: throws for labels that would be too small before the ledger is opened.
  sheetsSvg([], { paper, columns, rows, margin });
  return (labels) => sheetsSvg(labels, { paper, columns, rows, margin });
}

/** One page gets the name as it is; several get a number in front of its ending. */
function named(path: string, pages: readonly string[]): ReadonlyMap<string, string> {
  const ending = extname(path);
  const stem = path.slice(0, path.length - ending.length);
  const nameOf = (index: number) => (pages.length === 1 ? path : `${stem}-${index + 1}${ending}`);
  return new Map(pages.map((page, index) => [nameOf(index), page]));
}
