import type { Command } from 'commander';
import { addConnectionOptions, type ConnectionOptions } from '../options/connection-options.js';
import { addModemOptions, type ModemOptions } from '../options/global-options.js';
import { seconds } from '../values.js';

/** ms that the module gets for its first answer; other rates are tried after that. */
export const START_TIMEOUT = 5_000;

export interface DoctorOptions extends ModemOptions, ConnectionOptions {
  /** For the message to itself. */
  readonly topic?: string;
  /** False with `--no-publish`. */
  readonly publish?: boolean;
  /** ms. */
  readonly roundTripTimeout?: number;
}

const EXAMPLES = `
Examples:
  atmqtt doctor -p /dev/ttyUSB0
  atmqtt doctor -p /dev/ttyUSB0 -b mqtt://broker.example -u meter
  atmqtt doctor -p tcp://192.0.2.7:4001 -b mqtt://broker.example --topic test/doctor
  atmqtt doctor -p rfc2217://192.0.2.7:4002?baudRate=9600
  atmqtt doctor -p /dev/ttyUSB0 --region cn-shanghai --ledger factory.db
  atmqtt doctor -p /dev/ttyUSB0 -b mqtt://broker.example --json

The steps: port exists, permitted, free, opens, answers AT (at other rates too), echo, model, SIM, registration,
signal, address, clock; with -b or --region also: login, broker reached, CONNECT, SUBSCRIBE, a message to itself,
DISCONNECT. What needs a step that failed is skipped. The exit code is that of the first failure: 3 port, 4 module,
5 SIM or network, 6 broker, 1 something else.

Nothing that lasts is changed. The doctor has a client id and a clean session of its own unless -i is given; AT+CMEE and
AT+CEREG are put back at the end, the echo is left as it is. A session that is open in the module is ended, and said so.`;

export function declareDoctor(program: Command): Command {
  const command = program
    .command('doctor')
    .description('step by step from the port to the broker: what works, what does not, what to do')
    .option('-t, --topic <topic>', 'topic of the message to itself (default: atmqtt/doctor/<client id>)')
    .option('--no-publish', 'send no message')
    .option('--round-trip-timeout <seconds>', 'how long that message may take (default: 30)', seconds)
    .addHelpText('after', EXAMPLES);
  return addConnectionOptions(addModemOptions(command, START_TIMEOUT / 1_000));
}
