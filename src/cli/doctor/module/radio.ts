/** TS 27.007 8.2. */
export const FUNCTIONALITY_QUERY = 'AT+CFUN?';

/** Whether the radio is on: full functionality. Undefined if the module does not tell. */
export function radioIsOn(lines: readonly string[]): boolean | undefined {
  const level = lines.map((line) => /^\+CFUN: ?(\d+)/.exec(line)?.[1]).find((found) => found !== undefined);
  return level === undefined ? undefined : level === '1';
}
