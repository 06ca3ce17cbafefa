import type { Item } from './traffic.js';

/** What the module said, with a counted payload; UTF-8. Undefined for an echo, and for what is no line. */
export function lineOf({ role, text, bytes }: Item): string | undefined {
  if (role !== 'ok' && role !== 'failure' && role !== 'response' && role !== 'urc') return undefined;
  const wire = Buffer.from(text, 'latin1');
  return (bytes === undefined ? wire : Buffer.concat([wire, bytes])).toString('utf8');
}
