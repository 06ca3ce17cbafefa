import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Invocation } from '../invocation.js';
import type { CompletionOptions, Shell } from './command.js';
import { BASH } from './scripts/bash.js';
import { FISH } from './scripts/fish.js';
import { ZSH } from './scripts/zsh.js';

const SCRIPTS: Readonly<Record<Shell, string>> = { bash: BASH, zsh: ZSH, fish: FISH };

export async function run(
  { shell, json = false }: CompletionOptions,
  { output }: Invocation,
): Promise<ExitCode> {
  await (json ? output.json({ shell, script: SCRIPTS[shell] }) : output.write(SCRIPTS[shell]));
  return EXIT.DONE;
}
