import { type Command, Option } from 'commander';

/** The options of `ShowOptions` but the file. */
export function addShowOptions(command: Command): Command {
  return command
    .option('--filter <text>', 'only lines with this text, or with this /regex/, in them or in their words')
    .addOption(
      new Option('--direction <mark>', 'only what was sent (>), or what came (<)').choices(['>', '<']),
    )
    .option('--urcs', 'only what came unasked')
    .option('--from <time>', 'seconds from the start, or a time such as 2026-11-20T11:00:00Z')
    .option('--to <time>', 'as --from')
    .option('--no-decode', 'without the line that says what it means');
}
