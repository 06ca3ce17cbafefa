import type { Command } from 'commander';

/**
 * The options of a command: typed behind its name, else in front of it, the nearer the better, else from the
 * environment, else from `profile`, else the default. Its arguments are among them, by their names.
 */
export function mergedOptions<Options>(
  command: Command,
  profile: Readonly<Record<string, unknown>> = {},
): Options {
  const fromEnvironment = own(command, (source, value) => source === 'env' && value !== '');
  const otherwise = own(command, (source) => source !== 'env' && source !== 'cli');
  const positional = command.registeredArguments.map((argument, index) => [
    argument.name(),
    command.processedArgs[index],
  ]);
  return {
    ...otherwise,
    ...profile,
    ...fromEnvironment,
    ...typedOptions(command),
    ...Object.fromEntries(positional),
  } as Options;
}

/** What was typed for the command, for the groups that it is in, and for the program; the nearer wins. */
export function typedOptions(command: Command): Readonly<Record<string, unknown>> {
  const { parent } = command;
  const outer = parent === null ? {} : { ...typedOptions(parent), ...parent.opts() };
  return { ...outer, ...own(command, (source) => source === 'cli') };
}

/** The values of the command's own options that come from where they shall. */
function own(
  command: Command,
  wanted: (source: string | undefined, value: unknown) => boolean,
): Readonly<Record<string, unknown>> {
  const values = Object.entries(command.opts());
  return Object.fromEntries(
    values.filter(([name, value]) => wanted(command.getOptionValueSource(name), value)),
  );
}
