import { type Command, InvalidArgumentError, type Option } from 'commander';
import { ArgumentError } from '../../errors/kinds.js';
import { isKept, keyOf, maskedValues, type ProfileValues } from './profile-options.js';

/**
 * The values of a profile as the command would have parsed them, by the names that commander gives them. Options that
 * this command does not have are left out. Throws an `ArgumentError` for a name that no option has, and for a value that
 * the option refuses.
 */
export function profileOptions(
  profile: string,
  values: ProfileValues,
  command: Command,
  known: readonly Option[],
): Readonly<Record<string, unknown>> {
  const shown = maskedValues(values);
  const parsed: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(values)) {
    const field = `profile ${profile}: ${key}`;
    const option = known.find((candidate) => isKept(candidate) && keyOf(candidate) === key);
    if (option === undefined)
      throw new ArgumentError(field, 'it', 'the long name of an option that profiles keep');
    const own = command.options.some(({ long }) => long === option.long);
    const result = parseValue(option, value, field, JSON.stringify(shown[key]));
    if (own) parsed[option.attributeName()] = result;
  }
  return parsed;
}

function parseValue(option: Option, value: string | true, field: string, shown: string): unknown {
  const flag = option.isBoolean();
  if (flag || value === true) {
    if (flag && value === true) return true;
    throw new ArgumentError(field, shown, flag ? 'true' : 'text');
  }
  if (option.parseArg === undefined) return value;
  try {
    return option.parseArg(value, undefined);
  } catch (error) {
    if (!(error instanceof InvalidArgumentError)) throw error;
    throw new ArgumentError(field, shown, error.message.replace(/^It must be |\.$/g, ''));
  }
}
