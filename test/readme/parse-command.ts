import { type Command, CommanderError } from 'commander';
import { createProgram } from '../../src/cli/program.js';
import { createProgram as createTools } from '../tools/program.js';

/** How commander calls it that a group of commands was called alone: it shows its help. */
const GROUP_ALONE = 'commander.help';

/** Parses the arguments as the program does, and runs nothing; gives what is wrong with them, or undefined. */
export function refusalOf(args: readonly string[]): Promise<string | undefined> {
  return refusalBy(
    createProgram((command) => void command.action(() => {})),
    args,
  );
}

/** The same for what stands behind `npm run tool --`. */
export async function toolRefusalOf(args: readonly string[]): Promise<string | undefined> {
  return refusalBy(await createTools(args[0], async () => {}), args);
}

async function refusalBy(program: Command, args: readonly string[]): Promise<string | undefined> {
  silence(program);
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Help and version are thrown as well.
    if (error.exitCode !== 0 && error.code !== GROUP_ALONE) return error.message;
  }
  return undefined;
}

function silence(command: Command): void {
  command.configureOutput({ writeOut: () => {}, writeErr: () => {} });
  for (const inner of command.commands) silence(inner);
}
