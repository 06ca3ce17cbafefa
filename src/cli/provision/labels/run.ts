import { extname } from 'node:path';
import { ArgumentError } from '../../../errors/kinds.js';
import { ModemError } from '../../../errors/modem-error.js';
import {
  DEFAULT_SHEET,
  type Label,
  labelsCsv,
  labelsOf,
  sheetsSvg,
} from '../../../provisioning/books/labels.js';
import type { Ledger } from '../../../provisioning/ledger/ledger.js';
import type { TripleRecord } from '../../../provisioning/ledger/ledger-types.js';
import { EXIT, type ExitCode } from '../../exit-codes.js';
import type { Invocation } from '../../invocation.js';
import { counted } from '../../terminal.js';
import { parseMoment } from '../moment.js';
import { fileFormat, writeNewFiles } from '../new-file.js';
import { withLedger } from '../open-ledger.js';
import { LABEL_FORMATS, type LabelsOptions } from './command.js';

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

/** Which modules get a label. */
type Choice =
  | { readonly of: 'export'; readonly id: number }
  | { readonly of: 'since'; readonly since: number }
  | { readonly of: 'imei'; readonly imeis: readonly string[] }
  | { readonly of: 'all' };

/** No label for what is not known to work. */
const STATES = ['verified', 'exported'] as const;

/** Throws an `ArgumentError` unless there is just one of the four. */
function choiceOf({ export: id, since, imei, allVerified }: LabelsOptions, now: number): Choice {
  const choices: Choice[] = [
    ...(id === undefined ? [] : [{ of: 'export', id } as const]),
    ...(since === undefined
      ? []
      : [{ of: 'since', since: parseMoment('since', since, 'since', now) } as const]),
    ...(imei === undefined ? [] : [{ of: 'imei', imeis: imei } as const]),
    ...(allVerified === true ? [{ of: 'all' } as const] : []),
  ];
  const [choice, other] = choices;
  if (choice !== undefined && other === undefined) return choice;
  const shown = choice === undefined ? 'none' : 'more than one';
  throw new ArgumentError(
    'modules',
    shown,
    'one of --export, --since, --imei, --all-verified',
    'choose one of --export, --since, --imei, --all-verified',
  );
}

/** Rejects with `NOT_PROVISIONED` for an IMEI that has no verified triple, and an `ArgumentError` for no such export. */
function chosenRecords(ledger: Ledger, choice: Choice): TripleRecord[] {
  if (choice.of === 'all') return ledger.triples({ states: STATES });
  if (choice.of === 'since') {
    return ledger.triples({ states: STATES }).filter(({ verifiedAt = 0 }) => verifiedAt >= choice.since);
  }
  if (choice.of === 'imei') return ofImeis(ledger, choice.imeis);
  const records = ledger.triples({ states: STATES, exportId: choice.id });
  if (records.length > 0) return records;
  throw new ArgumentError('export', String(choice.id), 'the number of an export that has modules still');
}

function ofImeis(ledger: Ledger, imeis: readonly string[]): TripleRecord[] {
  const found = imeis.map((imei) => ({ imei, records: ledger.triples({ states: STATES, imei }) }));
  const missing = found.filter(({ records }) => records.length === 0).map(({ imei }) => imei);
  if (missing.length === 0) return found.flatMap(({ records }) => records);
  throw new ModemError('NOT_PROVISIONED', `no label for what was not verified: ${missing.join(', ')}`);
}
