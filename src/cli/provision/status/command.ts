import type { Command } from 'commander';
import { addLedgerOptions } from '../options.js';

const EXAMPLES = `
Examples:
  atmqtt provision status --ledger factory.db
  atmqtt provision status --ledger factory.db --json | jq .free`;

export function declareStatus(group: Command): Command {
  const command = group
    .command('status')
    .description('how many triples are free, bound, verified, failed; who works on what')
    .addHelpText('after', EXAMPLES);
  return addLedgerOptions(command);
}
