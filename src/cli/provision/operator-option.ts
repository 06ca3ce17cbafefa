import type { Command } from 'commander';

/** The option of `OperatorOptions`, by itself: to show help, nothing of what judges its value is loaded. */
export function addOperatorOption(command: Command): Command {
  return command.option('--operator <name>', 'who does it, for the books (default: the user name)');
}
