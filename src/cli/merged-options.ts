import type { Command } from 'commander';

/**
 * The options of a command: typed behind its name, else in front of it, else from the environment, else the default.
 * Its arguments are among them, by their names.
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
  return { ...record(given), ...command.parent?.opts(), ...record(typed), ...record(positional) } as Options;
}

function record(options: readonly { readonly name: string; readonly value: unknown }[]): object {
  return Object.fromEntries(options.map(({ name, value }) => [name, value]));
}
