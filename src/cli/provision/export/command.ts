import { type Command, Option } from 'commander';
import { wholeNumber } from '../../values.js';
import { addLedgerOptions, addOperatorOption, type LedgerOptions, type OperatorOptions } from '../options.js';

export const EXPORT_FORMATS = ['csv', 'json'] as const;

type ExportFormat = (typeof EXPORT_FORMATS)[number];

export interface ExportOptions extends LedgerOptions, OperatorOptions {
  readonly output: string;
  readonly format?: ExportFormat;
  /** Number of an earlier export. */
  readonly repeat?: number;
}

const EXAMPLES = `
Each verified module is exported once; the file holds no secret. An export that was cut short (a crash, a full disk) is
finished by the next one, under its own name. A cell of the CSV that a spreadsheet would take for a formula gets an
apostrophe in front: a program should read the JSON.

Examples:
  atmqtt provision export --ledger factory.db -o shift-0412.csv
  atmqtt provision export --ledger factory.db -o shift-0412.json
  atmqtt provision export --ledger factory.db --repeat 3 -o again.csv`;

export function declareExport(group: Command): Command {
  const command = group
    .command('export')
    .description('write a file of what was verified since the last export')
    .requiredOption('-o, --output <file>', 'a new file; what is there is not written over')
    .addOption(
      new Option('--format <format>', 'csv or json (default: by the name of the file, else csv)').choices(
        EXPORT_FORMATS,
      ),
    )
    .option('--repeat <number>', 'write an earlier export again', wholeNumber(1, 2 ** 31));
  return addOperatorOption(addLedgerOptions(command.addHelpText('after', EXAMPLES)));
}
