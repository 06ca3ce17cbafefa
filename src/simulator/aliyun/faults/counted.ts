import { integerArgument, textArgument, times } from '../../faults/argument.js';

/** `[=<count>]`: a question that is answered with yes for the next so many, or for all. */
export function countArgument(name: string, argument: string | undefined): () => boolean {
  return times(integerArgument(name, argument, [1, 1e9], Number.POSITIVE_INFINITY));
}

/** `=<number>[:<count>]`: the number for the next so many, or for all. */
export function numberArgument(
  name: string,
  argument: string | undefined,
  range: readonly [number, number],
): () => number | undefined {
  const [text = '', count] = textArgument(name, argument).split(':');
  const number = integerArgument(name, text, range);
  const applies = countArgument(name, count);
  return () => (applies() ? number : undefined);
}
