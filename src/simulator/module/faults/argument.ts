import { checkInteger } from '../../../at/checks.js';
import { ArgumentError } from '../../../errors/kinds.js';

/** The whole number behind `=`, or the default; without a default it must be there. */
export function integerArgument(
  name: string,
  argument: string | undefined,
  [min, max]: readonly [number, number],
  byDefault?: number,
): number {
  if (argument === undefined && byDefault !== undefined) return byDefault;
  const value = argument !== undefined && /^-?\d+$/.test(argument) ? Number(argument) : argument;
  return checkInteger(`fault ${name}`, value, min, max);
}

/** The text behind `=`, which must be there. */
export function textArgument(name: string, argument: string | undefined): string {
  if (argument === undefined || argument === '') {
    throw new ArgumentError(`fault ${name}`, 'nothing', `followed by = and a value`);
  }
  return argument;
}

/** A question that is answered with yes the first `count` times. */
export function times(count: number): () => boolean {
  let left = count;
  return () => {
    left -= 1;
    return left >= 0;
  };
}

/** A question that is answered with yes once in `n` times, by chance; `random` gives 0 ≤ x < 1. */
export function byChance(n: number, random: () => number): () => boolean {
  return () => random() * n < 1;
}
