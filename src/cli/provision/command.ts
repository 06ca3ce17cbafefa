import type { Command } from 'commander';
import type { Launch } from '../invocation.js';
import { addGlobalOptions } from '../options/global-options.js';
import { declareAudit } from './audit/command.js';
import { declareExport } from './export/command.js';
import { declareImport } from './import/command.js';
import { declareLabels } from './labels/command.js';
import { declareProduct } from './product/command.js';
import { declareRelease } from './release/command.js';
import { declareReport } from './report/command.js';
import { declareRun } from './run/command.js';
import { declareStatus } from './status/command.js';

const EXAMPLES = `
Examples:
  export ATMQTT_LEDGER=factory.db
  atmqtt provision import triples.csv --dry-run
  atmqtt provision import triples.csv
  atmqtt provision run --all --region cn-shanghai --expect-firmware 'NT26*'
  atmqtt provision status
  atmqtt provision report --since today
  atmqtt provision export -o modules.csv
  atmqtt provision labels --export 1 -o labels.svg
  atmqtt provision audit 861326070275653

The ledger is one file: every triple, which module has it, and every step that was taken. All commands of this group
take it with --ledger, or from ATMQTT_LEDGER. It may be used by several of them at once. Secrets are in the ledger
alone, encrypted if it was made with a passphrase, and never shown. Every command has --help with examples.`;

/** The factory: device triples onto modules, and the books about it. */
export function declareProvision(program: Command, launch: Launch): void {
  const group = program
    .command('provision')
    .description('the factory: import device triples, bring them onto modules, keep the books')
    .addHelpText('after', EXAMPLES);
  addGlobalOptions(group);
  // In the order in which a shift needs them.
  launch(declareImport(group), () => import('./import/run.js'));
  launch(declareProduct(group), () => import('./product/run.js'));
  launch(declareRun(group), () => import('./run/run.js'));
  launch(declareStatus(group), () => import('./status/run.js'));
  launch(declareReport(group), () => import('./report/run.js'));
  launch(declareExport(group), () => import('./export/run.js'));
  launch(declareLabels(group), () => import('./labels/run.js'));
  launch(declareAudit(group), () => import('./audit/run.js'));
  launch(declareRelease(group), () => import('./release/run.js'));
}
