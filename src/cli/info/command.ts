import type { Command } from 'commander';
import { addModemOptions, type ModemOptions } from '../options/global-options.js';
import { seconds } from '../values.js';

export interface InfoOptions extends ModemOptions {
  /** ms from one look to the next; true if it was not said. */
  readonly watch?: number | true;
}

const EXAMPLES = `
Examples:
  atmqtt info -p /dev/ttyUSB0
  atmqtt info -p 'serial:///dev/ttyS1?baudRate=9600'
  atmqtt info -p tcp://192.0.2.7:4001 --json
  atmqtt info -p /dev/ttyUSB0 --watch
  atmqtt info -p /dev/ttyUSB0 --watch 10 >> signal.log

With --watch the signal is read every 2 seconds, or as often as is said, until it is interrupted: a graph of the last
60 values on a terminal, else a line each, and a line for each change of the registration.`;

export function declareInfo(program: Command): Command {
  const command = program
    .command('info')
    .description('identity, SIM, registration, signal, address and firmware of the module')
    .option('--watch [seconds]', 'go on, and show signal and registration (default: every 2)', seconds)
    .addHelpText('after', EXAMPLES);
  return addModemOptions(command);
}
