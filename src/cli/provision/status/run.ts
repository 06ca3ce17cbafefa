import { EXIT, type ExitCode } from '../../exit-codes.js';
import type { Invocation } from '../../invocation.js';
import type { LedgerOptions } from '../ledger-options.js';
import { withLedger } from '../open-ledger.js';
import { statusFacts } from './facts.js';
import { statusLines, statusRecord } from './words.js';

export async function run(options: LedgerOptions, { output }: Invocation): Promise<ExitCode> {
  const facts = await withLedger(options, statusFacts);
  if (options.json === true) await output.json(statusRecord(facts));
  else for (const line of statusLines(facts)) await output.line(line);
  return EXIT.DONE;
}
