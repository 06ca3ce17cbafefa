import { type Parameter, splitParameters } from '../parameters.js';

/**
 * The parameters of a set command line `AT<name>=…`, or undefined if the line is another one. V.250 5.4.1: the case
 * of the name does not matter.
 */
export function setParameters(line: string, name: string): Parameter[] | undefined {
  const head = `AT${name}=`;
  if (line.slice(0, head.length).toUpperCase() !== head) return undefined;
  return splitParameters(line.slice(head.length));
}
