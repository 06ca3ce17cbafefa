import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Paper } from '../../../provisioning/books/labels.js';
import { collect, wholeNumber } from '../../values.js';
import { addLedgerOptions, type LedgerOptions } from '../options.js';

export const LABEL_FORMATS = ['csv', 'svg'] as const;

export interface LabelsOptions extends LedgerOptions {
  readonly export?: number;
  readonly since?: string;
  readonly imei?: readonly string[];
  readonly allVerified?: boolean;
  readonly format?: (typeof LABEL_FORMATS)[number];
  readonly output: string;
  readonly paper?: Paper;
  readonly columns?: number;
  readonly rows?: number;
  /** mm. */
  readonly margin?: number;
}

const EXAMPLES = `
The QR code says IMEI:<imei>;DN:<device name>; no secret is on a label. Sheets are SVG in true size, labels edge to edge
within the margin: print them at 100 %, without "fit to page". Several pages become FILE-1.svg, FILE-2.svg and so on.

Examples:
  atmqtt provision labels --ledger factory.db --export 3 -o labels.svg
  atmqtt provision labels --ledger factory.db --since today --paper letter --columns 3 --rows 10 -o labels.svg
  atmqtt provision labels --ledger factory.db --imei 861326070275653 --columns 1 --rows 1 -o one.svg
  atmqtt provision labels --ledger factory.db --all-verified -o labels.csv`;

export function declareLabels(group: Command): Command {
  const command = group
    .command('labels')
    .description('labels with QR code, device name and IMEI of verified modules')
    .option('--export <number>', 'the modules of this export', wholeNumber(1, 2 ** 31))
    .option('--since <when>', 'verified from then on: today, 8h, 2026-11-20, 2026-11-20T06:00')
    .option('--imei <imei>', 'this module; may be given several times', collect)
    .option('--all-verified', 'all modules that were verified, exported or not')
    .addOption(
      new Option('--format <format>', 'csv or svg (default: by the name of the file, else csv)').choices(
        LABEL_FORMATS,
      ),
    )
    .requiredOption('-o, --output <file>', 'a new file; what is there is not written over')
    .addOption(new Option('--paper <size>', 'a4 or letter (default: a4)').choices(['a4', 'letter']))
    .option('--columns <count>', 'labels beside each other (default: 3)', wholeNumber(1, 20))
    .option('--rows <count>', 'labels below each other (default: 8)', wholeNumber(1, 40))
    .option('--margin <mm>', 'unprinted edge of the page in mm (default: 5)', millimetres)
    .addHelpText('after', EXAMPLES);
  return addLedgerOptions(command);
}

function millimetres(text: string): number {
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (value <= 50) return value;
  throw new InvalidArgumentError('It must be a number of mm from 0 to 50.');
}
