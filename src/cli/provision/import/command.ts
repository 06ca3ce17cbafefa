import type { Command } from 'commander';
import { addLedgerOptions, addOperatorOption, type LedgerOptions, type OperatorOptions } from '../options.js';
import { addProductOptions, type ProductOptions } from '../product/command.js';

/** With `file` triples are imported, without it the product options set up dynamic registration. */
export interface ImportOptions extends LedgerOptions, OperatorOptions, ProductOptions {
  readonly file?: string;
  readonly dryRun?: boolean;
  readonly newOnly?: boolean;
  /** Import a file that looks odd, without a question. */
  readonly yes?: boolean;
}

const EXAMPLES = `
Examples:
  atmqtt provision import triples.csv --ledger factory.db
  atmqtt provision import triples.csv --ledger factory.db --dry-run
  atmqtt provision import all-devices-so-far.csv --new-only --ledger factory.db
  atmqtt provision import names-and-secrets.csv --product-key a1X2bEnP82z --ledger factory.db
  atmqtt provision import triples.csv --ledger factory.db --passphrase-file passphrase.txt
  atmqtt provision import --product-key a1X2bEnP82z --product-secret-file secret.txt --ledger factory.db

The file is a CSV with a header that names the columns DeviceName, DeviceSecret and ProductKey, in any order; other
columns are not read. device_name, 设备名称, 设备密钥, 产品Key and the like are understood, as are commas, semicolons
and tabs, UTF-8, UTF-16 and GB18030, ="861…" and a leading apostrophe. It is imported as a whole or not at all: a bad
line, a value that a spreadsheet has rewritten, a device or a secret that comes twice, or a device that the ledger has
already, refuses the file, and every such line is listed. What only looks odd, e.g. a secret that is shorter than the
others, is listed and asked about; without a terminal it wants --yes. The ledger is made if there is none; given a
passphrase then, it keeps its secrets encrypted.

--new-only is for downloads that hold all devices so far: those that the ledger has are left out. A device with another
secret than the ledger has still refuses the file.

Without a file, the ProductKey and ProductSecret set up dynamic registration, as \`atmqtt provision product\` does.`;

export function declareImport(group: Command): Command {
  const command = group
    .command('import')
    .description('take the triples of a file into the ledger, which is made if there is none')
    .argument('[file]', 'CSV of triples')
    .option('--dry-run', 'check the file against the ledger, and change nothing')
    .option('--new-only', 'leave out the devices that the ledger has already')
    .option('--yes', 'import a file that looks odd, without a question')
    .option('--product-key <key>', 'the ProductKey of all devices, if the file has no such column')
    .addHelpText('after', EXAMPLES);
  return addLedgerOptions(addOperatorOption(addProductOptions(command)));
}
