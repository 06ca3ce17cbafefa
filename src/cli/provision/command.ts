import type { Command } from 'commander';
import type { Launch } from '../invocation.js';
import { addGlobalOptions } from '../options/global-options.js';
import { declareImport } from './import/command.js';
import { declareProduct } from './product/command.js';

const EXAMPLES = `
Examples:
  atmqtt provision import triples.csv --ledger factory.db
  atmqtt provision product --product-key a1X2bEnP82z --product-secret-file secret.txt --ledger factory.db
  export ATMQTT_LEDGER=factory.db
  atmqtt provision import triples.csv --dry-run

The ledger is one file: every triple, which module has it, and every step that was taken. All commands of this group
take it with --ledger, or from ATMQTT_LEDGER. It may be used by several of them at once. Secrets are in the ledger
alone, encrypted if it was made with a passphrase, and never shown.`;

/** Each adds one command to the group, in the order in which a shift needs them. */
const DECLARATIONS: readonly ((group: Command, launch: Launch) => void)[] = [declareImport, declareProduct];

/** The factory: device triples onto modules, and the books about it. */
export function declareProvision(program: Command, launch: Launch): void {
  const group = program
    .command('provision')
    .description('the factory: import device triples, bring them onto modules, keep the books')
    .addHelpText('after', EXAMPLES);
  addGlobalOptions(group);
  for (const declare of DECLARATIONS) declare(group, launch);
}
