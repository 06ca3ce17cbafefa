import { type Command, Option } from 'commander';
import { addLedgerOptions, type LedgerOptions } from '../options.js';

export const REPORT_FORMATS = ['text', 'csv', 'json'] as const;

export type ReportFormat = (typeof REPORT_FORMATS)[number];

export interface ReportOptions extends LedgerOptions {
  readonly since?: string;
  readonly until?: string;
  readonly station?: string;
  readonly operator?: string;
  readonly format?: ReportFormat;
  readonly output?: string;
}

const EXAMPLES = `
A day means its begin for --since and its end for --until, in the time zone of the machine. A unit is a module (IMEI);
its result is its last attempt that passed or failed. First pass: of the units whose first attempt ever is in the report,
those that passed in it. Rate: attempts that passed over the time from the first begin to the last end on all ports,
pauses of more than 10 minutes left out. An attempt that was interrupted counts with its begin alone.

Examples:
  atmqtt provision report --ledger factory.db --since today
  atmqtt provision report --ledger factory.db --since yesterday --until yesterday --station line-1
  atmqtt provision report --ledger factory.db --since 8h -o shift.csv
  atmqtt provision report --ledger factory.db --json | jq .total.firstPassYield`;

export function declareReport(group: Command): Command {
  const command = group
    .command('report')
    .description('what was done: units, failures by reason, rate, times, by station and operator')
    .option('--since <when>', 'attempts from then on: today, yesterday, 8h, 2026-11-20, 2026-11-20T06:00')
    .option('--until <when>', 'attempts before that, a day included')
    .option('--station <name>', 'of this station alone')
    .option('--operator <name>', 'of this operator alone')
    .addOption(
      new Option(
        '--format <format>',
        'text, csv or json (default: by the name of the file, else text)',
      ).choices(REPORT_FORMATS),
    )
    .option('-o, --output <file>', 'write it to a new file');
  return addLedgerOptions(command.addHelpText('after', EXAMPLES));
}
