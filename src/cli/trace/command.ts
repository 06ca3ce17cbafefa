import { type Command, Option } from 'commander';
import { addGlobalOptions, type GlobalOptions } from '../options/global-options.js';
import { speed } from '../values.js';

/** What is shown of a recording, and how. */
export interface ShowOptions extends GlobalOptions {
  readonly file: string;
  /** `text`, or `/regex/` with flags; in the wire text and in the words for it. */
  readonly filter?: string;
  readonly direction?: '>' | '<';
  readonly urcs?: boolean;
  readonly from?: string;
  readonly to?: string;
  readonly decode: boolean;
  readonly summary?: boolean;
}

export interface ReplayOptions extends ShowOptions {
  /** How many times faster than it was; infinity for `max`. */
  readonly speed?: number;
}

export interface TraceOptions extends ShowOptions {
  readonly follow?: boolean;
  readonly as?: 'transcript';
  readonly fromTranscript?: boolean;
}

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

const REPLAY_EXAMPLES = `
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
    .addHelpText('after', REPLAY_EXAMPLES);
  return addGlobalOptions(addShowOptions(command));
}

/** The options of `ShowOptions` but the file. */
function addShowOptions(command: Command): Command {
  return command
    .option('--filter <text>', 'only lines with this text, or with this /regex/, in them or in their words')
    .addOption(
      new Option('--direction <mark>', 'only what was sent (>), or what came (<)').choices(['>', '<']),
    )
    .option('--urcs', 'only what came unasked')
    .option('--from <time>', 'seconds from the start, or a time such as 2026-11-20T11:00:00Z')
    .option('--to <time>', 'as --from')
    .option('--no-decode', 'without the line that says what it means');
}
