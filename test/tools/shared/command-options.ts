import { InvalidArgumentError, Option } from 'commander';
import { wholeNumber } from '../../../src/cli/values.js';

/** The highest value of a 32-bit signed number: what fast-check and the generator take as a seed. */
const MAX_SEED = 2 ** 31 - 1;

/** A count, at least 1. */
export const count = wholeNumber(1, MAX_SEED);

/** `--seed <n>`; by default another one each time. */
export function seedOption(): Option {
  return new Option('--seed <n>', 'where chance begins: repeats an earlier run')
    .argParser(wholeNumber(0, MAX_SEED))
    .default(Math.floor(Math.random() * 1e6), 'another one each time');
}

/** `--json`. */
export function jsonOption(): Option {
  return new Option('--json', 'print one JSON object instead of lines for people');
}

/** A parser for what may be given several times, each time one of these names. */
export function oneOf<T extends string>(
  names: readonly T[],
): (text: string, earlier: readonly T[] | undefined) => readonly T[] {
  return (text, earlier = []) => {
    const found = names.find((name) => name === text);
    if (found === undefined) throw new InvalidArgumentError(`It must be one of ${names.join(', ')}.`);
    return [...earlier, found];
  };
}

/** An option that may be given several times, each time with one of these names; by default an empty list, which is all. */
export function namesOption(flags: string, what: string, names: readonly string[]): Option {
  return new Option(flags, `${what}, may be given several times: ${names.join(', ')}`)
    .argParser(oneOf(names))
    .default([], 'all');
}
