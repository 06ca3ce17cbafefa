import type { Command } from 'commander';
import type { Launch } from '../invocation.js';
import { addGlobalOptions } from '../options/global-options.js';

const EXAMPLES = `
Examples:
  atmqtt ports
  atmqtt ports --json`;

export function declarePorts(program: Command, launch: Launch): void {
  const command = program
    .command('ports')
    .description('list the serial ports of this machine, with what they look like')
    .addHelpText('after', EXAMPLES);
  launch(addGlobalOptions(command), () => import('./run.js'));
}
