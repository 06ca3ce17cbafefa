import type { Command } from 'commander';
import type { Launch } from '../invocation.js';
import { addModemOptions } from '../options/modem-options.js';

const EXAMPLES = `
Examples:
  atmqtt info -p /dev/ttyUSB0
  atmqtt info -p 'serial:///dev/ttyS1?baudRate=9600'
  atmqtt info -p tcp://192.0.2.7:4001 --json`;

export function declareInfo(program: Command, launch: Launch): void {
  const command = program
    .command('info')
    .description('identity, SIM, registration, signal, address and firmware of the module')
    .addHelpText('after', EXAMPLES);
  launch(addModemOptions(command), () => import('./run.js'));
}
