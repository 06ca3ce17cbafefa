import type { Command } from 'commander';
import { addLedgerOptions, type LedgerOptions } from '../options.js';

export interface AuditOptions extends LedgerOptions {
  /** IMEI or device name. */
  readonly name: string;
}

const EXAMPLES = `
One line a step, in order: local time, station, operator, port, IMEI, device name, what was done, how it went. An intent
is written before a step, done or failed after it; an intent alone means that the station ended in the middle.

Examples:
  atmqtt provision audit --ledger factory.db 861326070275653
  atmqtt provision audit --ledger factory.db meter-7 --json`;

export function declareAudit(group: Command): Command {
  const command = group
    .command('audit')
    .description('every step of a module or a triple, in order')
    .argument('<name>', 'IMEI or device name')
    .addHelpText('after', EXAMPLES);
  return addLedgerOptions(command);
}
