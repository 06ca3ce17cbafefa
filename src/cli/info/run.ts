import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Invocation } from '../invocation.js';
import { withModem } from '../with-modem.js';
import type { InfoOptions } from './command.js';
import { factLines, factRecord, readFacts } from './facts.js';

/** ms from one look at the signal to the next. */
const INTERVAL = 2_000;

export const endless = ({ watch }: InfoOptions) => watch !== undefined;

export async function run(options: InfoOptions, invocation: Invocation): Promise<ExitCode> {
  const { output, signal } = invocation;
  if (options.watch !== undefined) {
    await watch(options, options.watch === true ? INTERVAL : options.watch, invocation);
    return EXIT.DONE;
  }
  const facts = await withModem(options, invocation, (modem) => readFacts(modem, signal));
  if (options.json) await output.json(factRecord(options.port ?? '', facts));
  else for (const line of factLines(facts)) await output.line(line);
  return EXIT.DONE;
}

async function watch(options: InfoOptions, interval: number, invocation: Invocation): Promise<void> {
  const [{ makeWatchView }, { watchModule }] = await Promise.all([
    import('./watch/views.js'),
    import('./watch/watch.js'),
  ]);
  await withModem(options, invocation, async (modem) => {
    const view = makeWatchView(options, interval, invocation, process.stdout);
    try {
      await watchModule(modem, view, interval, invocation.signal);
    } finally {
      view.close();
    }
  });
}
