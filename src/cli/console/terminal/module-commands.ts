import { lineOf } from '../item-line.js';
import type { Session } from '../session.js';
import type { Item } from '../traffic.js';

/** ms that the module may take to list its commands: the list is long. */
const LIMIT = 3000;

/**
 * Asks the module which commands it knows: `AT+CLAC`, a line each, TS 27.007 8.37 [D]. Empty when it does not answer, or
 * refuses. Only where lines go out raw: the driver wants the channel for itself.
 */
export async function moduleCommands(session: Session): Promise<readonly string[]> {
  const lines: string[] = [];
  const listener = (item: Item) => void lines.push(lineOf(item) ?? '');
  session.on('hidden', listener);
  try {
    const answer = await session.quietly(() => session.ask('AT+CLAC', { limit: LIMIT, atLimit: 'end' }));
    if (answer.kind !== 'final' || !answer.result.ok) return [];
  } finally {
    session.off('hidden', listener);
  }
  return lines.flatMap(namesIn);
}

/** `AT+CSQ`, `+CSQ`, `+CLAC: AT+CSQ,AT+CREG`: all are seen. */
function namesIn(line: string): string[] {
  const names = line.replace(/^\+CLAC:\s*/, '').match(/(?:AT)?[+^&*%$#][A-Z0-9_]+/gi) ?? [];
  return names.map((name) => name.toUpperCase()).map((name) => (name.startsWith('AT') ? name : `AT${name}`));
}
