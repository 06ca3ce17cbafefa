import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Invocation } from '../invocation.js';
import type { ModemOptions } from '../options/global-options.js';
import { withModem } from '../with-modem.js';
import { readFacts } from './facts.js';
import { factLines, factRecord } from './report.js';

export async function run(options: ModemOptions, invocation: Invocation): Promise<ExitCode> {
  const { output, signal } = invocation;
  const facts = await withModem(options, invocation, (modem) => readFacts(modem, signal));
  if (options.json) await output.json(factRecord(options.port ?? '', facts));
  else for (const line of factLines(facts)) await output.line(line);
  return EXIT.DONE;
}
