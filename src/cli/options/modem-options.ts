import type { Command } from 'commander';
import { seconds } from '../values.js';
import { addGlobalOptions, addPortOptions } from './global-options.js';

/** The options of a command that talks to a module: `ModemOptions`; `startTimeout` is its default in s, for the help. */
export function addModemOptions(command: Command, startTimeout = 15): Command {
  return addGlobalOptions(addPortOptions(command, 'ATMQTT_PORT'))
    .option('--save <name>', 'save the connection as it is given here as a profile, without passwords')
    .option('--save-secrets', 'and with them')
    .option(
      '--start-timeout <seconds>',
      `how long the module may take to answer AT (default: ${startTimeout})`,
      seconds,
    );
}
