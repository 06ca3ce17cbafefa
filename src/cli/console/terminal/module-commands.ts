import { COMMAND_LIST } from '../../../at/commands/control.js';
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
  const names = COMMAND_LIST.response.parse(lines.map((text) => ({ text }))) ?? [];
  return names.filter((name) => !/^[A-Z]/i.test(name)).map((name) => `AT${name.toUpperCase()}`);
}
