import { Argument, type Command } from 'commander';
import { addGlobalOptions, type GlobalOptions } from '../options/global-options.js';

const SHELLS = ['bash', 'zsh', 'fish'] as const;

export type Shell = (typeof SHELLS)[number];

export interface CompletionOptions extends GlobalOptions {
  readonly shell: Shell;
}

export interface AnswerOptions {
  /** What stands behind the name of the program; the last word is the one under the cursor, and may be empty. */
  readonly words: readonly string[];
}

/** The command that the scripts call at each Tab. */
export const ANSWER_COMMAND = 'complete-words';

const EXAMPLES = `
Examples:
  atmqtt completion bash > ~/.local/share/bash-completion/completions/atmqtt
  atmqtt completion zsh > "\${fpath[1]}/_atmqtt"
  atmqtt completion fish > ~/.config/fish/completions/atmqtt.fish

For the running shell alone:
  source <(atmqtt completion bash)
  source <(atmqtt completion zsh)
  atmqtt completion fish | source

Tab then completes commands, options, and values: serial ports, profiles, modules, faults, files. The script asks
atmqtt at each Tab, so it stays right after an update; no port is opened for that.`;

/** Prints the script for a shell. */
export function declareCompletion(program: Command): Command {
  const command = program
    .command('completion')
    .description('print the script that completes this command line in a shell')
    .addArgument(new Argument('<shell>', 'the shell').choices(SHELLS))
    .addHelpText('after', EXAMPLES);
  return addGlobalOptions(command);
}

/** The hidden command that the scripts ask at each Tab. */
export function declareCompletionAnswer(program: Command): Command {
  return program.command(ANSWER_COMMAND, { hidden: true }).argument('[words...]');
}
