import type { Command } from 'commander';
import { addGlobalOptions } from '../options/global-options.js';

const EXAMPLES = `
Examples:
  atmqtt demo
  NO_COLOR=1 atmqtt demo
  atmqtt demo --json

Needs neither hardware nor network: a broker and a simulated module are started within this process.`;

export function declareDemo(program: Command): Command {
  const command = program
    .command('demo')
    .description('the whole way on a simulated module, with the AT traffic shown')
    .addHelpText('after', EXAMPLES);
  return addGlobalOptions(command);
}
