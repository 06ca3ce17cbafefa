import { Argument, type Command } from 'commander';
import type { Launch } from '../invocation.js';
import { addGlobalOptions } from '../options/global-options.js';
import { ANSWER_COMMAND, type AnswerOptions, type CompletionOptions, SHELLS } from './options.js';

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

/** `completion` prints the script for a shell, a hidden command answers it. */
export function declareCompletion(program: Command, launch: Launch): void {
  const command = program
    .command('completion')
    .description('print the script that completes this command line in a shell')
    .addArgument(new Argument('<shell>', 'the shell').choices(SHELLS))
    .addHelpText('after', EXAMPLES);
  launch<CompletionOptions>(addGlobalOptions(command), () => import('./run.js'));
  const answer = program.command(ANSWER_COMMAND, { hidden: true }).argument('[words...]');
  launch<AnswerOptions>(answer, async () => {
    const { answerFor } = await import('./answer.js');
    return { run: answerFor(program) };
  });
}
