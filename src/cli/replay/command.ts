import type { Command } from 'commander';
import { addGlobalOptions } from '../options/global-options.js';
import { speed } from '../values.js';
import { addShowOptions } from './show-options.js';

const EXAMPLES = `
Examples:
  atmqtt info -p /dev/ttyUSB0 --trace info.trace
  atmqtt replay info.trace
  atmqtt replay info.trace --speed 10 --from 30 --to 60
  atmqtt replay info.trace --urcs --filter '/RECV|STATS/'
  atmqtt replay info.trace --direction '>' --no-decode
  atmqtt replay info.trace --summary
  atmqtt replay info.trace --json | jq 'select(.error)'

Without --speed a recording is shown as fast as it was on a terminal, and at once in a pipe.`;

export function declareReplay(program: Command): Command {
  const command = program
    .command('replay')
    .description('show a recording of --trace, with its delays and with what the lines mean')
    .argument('<file>', 'what --trace has written')
    .option('--speed <factor>', 'how many times faster than it was, or max', speed)
    .option('--summary', 'only totals: round trips, errors, URCs, silences')
    .addHelpText('after', EXAMPLES);
  return addGlobalOptions(addShowOptions(command));
}
