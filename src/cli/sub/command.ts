import type { Command } from 'commander';
import type { Qos } from '../../dialects/dialect.js';
import { addConnectionOptions, type ConnectionOptions } from '../options/connection-options.js';
import { addModemOptions, type ModemOptions } from '../options/global-options.js';
import { collect, qos, seconds, wholeNumber } from '../values.js';

/** How messages are printed. */
export interface PrintOptions {
  readonly json?: boolean;
  readonly format?: string;
  readonly verbose?: boolean;
  /** Whether a line end is added. */
  readonly eol: boolean;
}

export interface SubOptions extends ModemOptions, ConnectionOptions, PrintOptions {
  readonly json?: boolean;
  readonly topic: readonly string[];
  readonly qos: Qos;
  readonly count?: number;
  /** ms. */
  readonly timeLimit?: number;
}

const EXAMPLES = `
Examples:
  atmqtt sub -p /dev/ttyUSB0 -b mqtt://broker.example -t 'cmd/meter-7/#' -v
  atmqtt sub -p /dev/ttyUSB0 -b mqtt://broker.example -t a -t b -q 1 -C 10 -W 60
  atmqtt sub -p /dev/ttyUSB0 -b mqtt://broker.example -t firmware -C 1 -N > firmware.bin
  atmqtt sub -p /dev/ttyUSB0 -b mqtt://broker.example -t '#' -F '%I %t %l bytes: %x'

Format (-F), as in mosquitto_sub:
  %t topic   %p payload   %x, %X payload in hex   %l length of the payload   %m message id of the module
  %I time, ISO 8601   %U time, Unix   %j message as JSON   %J the same with a payload that is JSON   %% a %
  %10t, %-10t, %010l pad to a width, on the left, on the right, with zeros; %.20t cuts
  @Y-@m-@d @H:@M:@S and the other letters of strftime, @N nanoseconds, @@ an @
  %q, %r QoS and retain flag: always -, the module does not tell them
  \\n \\r \\t \\\\ \\0 \\a \\e \\v as usual`;

export function declareSub(program: Command): Command {
  const command = program
    .command('sub')
    .description('subscribe and print messages, payloads byte for byte')
    .requiredOption('-t, --topic <filter>', 'topic filter; may be given several times', collect)
    .option('-q, --qos <qos>', 'QoS 0, 1 or 2', qos, 0)
    .option('-C, --count <count>', 'end after so many messages', wholeNumber(1, Number.MAX_SAFE_INTEGER))
    .option('-W, --time-limit <seconds>', 'end so long after the connect, with exit code 7', seconds)
    .option('-F, --format <format>', 'how a message is printed, see below')
    .option('-v, --verbose', 'print the topic in front of the payload')
    .option('-N, --no-eol', 'add no line end')
    .addHelpText('after', EXAMPLES);
  return addConnectionOptions(addModemOptions(command));
}
