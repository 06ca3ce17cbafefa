import { spawnSync } from 'node:child_process';

/** A command as the shell calls it. */
export interface Command {
  /** Name and arguments, without quotes. */
  readonly words: readonly string[];
  /** The `ATMQTT_…` variables that were exported above it. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Looked up for every command that is no builtin, as PATH leads nowhere: writes down how it was called. */
const RECORDER = `
PATH=/dev/null/none
command_not_found_handle() {
  local pairs=() name
  for name in "\${!ATMQTT_@}"; do pairs+=("$name" "\${!name}"); done
  # One write, as the commands of a pipe run at the same time.
  printf '%s\\0' "$#" "$@" "$((\${#pairs[@]} / 2))" "\${pairs[@]}" >&3
}
`;

/** What a real bash makes of a script: its commands in their order, none of them run. Throws for what is no script. */
export function commandsOf(script: string): Command[] {
  const { output, stderr, error } = spawnSync('bash', ['-c', `${RECORDER}${script}`], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    env: {},
  });
  if (error !== undefined) throw error;
  if (stderr !== '') throw new Error(stderr);
  const fields = String(output[3]).split('\0').values();
  const take = () => fields.next().value ?? '';
  const commands: Command[] = [];
  for (let count = take(); count !== ''; count = take()) {
    const words = Array.from({ length: Number(count) }, take);
    const environment = Object.fromEntries(Array.from({ length: Number(take()) }, () => [take(), take()]));
    commands.push({ words, environment });
  }
  return commands;
}

/** What a reader types: of a dialogue the lines behind `$ ` alone. */
export function scriptOf({ language, text }: { readonly language: string; readonly text: string }): string {
  if (language !== 'console') return text;
  const typed = text.split('\n').filter((line) => line.startsWith('$ '));
  return typed.map((line) => `${line.slice(2)}\n`).join('');
}
