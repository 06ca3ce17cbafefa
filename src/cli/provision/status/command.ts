import type { Command } from 'commander';
import type { Launch } from '../../invocation.js';
import { addLedgerOptions } from '../ledger-options.js';

const EXAMPLES = `
Examples:
  atmqtt provision status --ledger factory.db
  atmqtt provision status --ledger factory.db --json | jq .free`;

export function declareStatus(group: Command, launch: Launch): void {
  const command = group
    .command('status')
    .description('how many triples are free, bound, verified, failed; who works on what')
    .addHelpText('after', EXAMPLES);
  launch(addLedgerOptions(command), () => import('./run.js'));
}
