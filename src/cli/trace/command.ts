import { type Command, Option } from 'commander';
import { addGlobalOptions } from '../options/global-options.js';
import { addShowOptions } from '../replay/show-options.js';

const EXAMPLES = `
Examples:
  atmqtt trace gateway.trace
  atmqtt trace gateway.trace --follow --urcs
  atmqtt trace gateway.trace --follow --json
  atmqtt trace bug.trace --as transcript > bug.txt
  atmqtt trace fixtures/transcripts/echo-on.txt --from-transcript > echo-on.trace

With --follow it waits for more until it is interrupted, also when the file is emptied, replaced, or not there yet.`;

export function declareTrace(program: Command): Command {
  const command = program
    .command('trace')
    .description('decode a recording of --trace at once, while it grows if need be, or convert it')
    .argument('<file>', 'what --trace has written, or writes')
    .option('-f, --follow', 'go on with what is added to the file')
    .addOption(new Option('--as <format>', 'convert it instead: transcript').choices(['transcript']))
    .option('--from-transcript', 'the file is a transcript: convert it to a trace')
    .addHelpText('after', EXAMPLES);
  return addGlobalOptions(addShowOptions(command));
}
