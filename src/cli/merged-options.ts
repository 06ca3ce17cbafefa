import type { Command } from 'commander';

/**
 * The options of a command: typed behind its name, else in front of it, the nearer the better, else from the
 * environment, else the default. Its arguments are among them, by their names.
 */
export function mergedOptions<Options>(command: Command): Options {
  const own = Object.entries(command.opts()).map(([name, value]) => ({
    name,
    value,
    source: command.getOptionValueSource(name),
  }));
  const given = own.filter(({ source, value }) => source !== 'env' || value !== '');
  const typed = own.filter(({ source }) => source === 'cli');
  const positional = command.registeredArguments.map((argument, index) => ({
    name: argument.name(),
    value: command.processedArgs[index],
  }));
  return { ...record(given), ...inherited(command), ...record(typed), ...record(positional) } as Options;
}

/** What was typed for the groups that the command is in, and for the program. */
function inherited({ parent }: Command): object {
  return parent === null ? {} : { ...inherited(parent), ...parent.opts() };
}

function record(options: readonly { readonly name: string; readonly value: unknown }[]): object {
  return Object.fromEntries(options.map(({ name, value }) => [name, value]));
}
