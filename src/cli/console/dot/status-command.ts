import { ifSupported } from '../../../modem/if-supported.js';
import type { Modem } from '../../../modem/modem.js';
import { WORDS } from '../../decode/dialect-words.js';
import { readFacts } from '../../info/facts.js';
import { factLines } from '../../info/report.js';
import type { DotCommand } from './dot-command.js';

export const STATUS: DotCommand = {
  name: '.status',
  usage: '.status',
  about: 'identity, SIM, registration, signal, session; so does Ctrl-T',
  run: async (_rest, { session, mqtt, view }) => {
    const { facts, module } = await mqtt.withModem(async (modem, signal) => ({
      facts: await readFacts(modem, signal),
      module: (await sessionWords(modem, signal)) ?? 'unknown',
    }));
    view.text([
      ...factLines(facts),
      `session       ${mqtt.state}; the module says: ${module}`,
      `port          ${session.port}`,
    ]);
  },
};

/** What the module says of its session, in the first dialect that it answers. */
async function sessionWords(modem: Modem, signal: AbortSignal): Promise<string | undefined> {
  for (const { sessionState } of WORDS) {
    const state = await ifSupported(modem.execute(sessionState.command, null, { signal }));
    if (state !== undefined) return sessionState.words(state);
  }
  return undefined;
}
