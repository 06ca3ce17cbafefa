import { CONNECT_STATE } from '../../../dialects/lmqtt/commands/connect-state.js';
import { ifSupported } from '../../../modem/if-supported.js';
import { readFacts } from '../../info/facts.js';
import { factLines } from '../../info/report.js';
import type { DotCommand } from './dot-command.js';

const STATES: Readonly<Record<number, string>> = {
  1: 'initialising, no session',
  2: 'connecting',
  3: 'connected',
  4: 'disconnecting',
};

export const STATUS: DotCommand = {
  name: '.status',
  usage: '.status',
  about: 'identity, SIM, registration, signal, session; so does Ctrl-T',
  run: async (_rest, { session, mqtt, view }) => {
    const { facts, report } = await mqtt.withModem(async (modem, signal) => ({
      facts: await readFacts(modem, signal),
      report: await ifSupported(modem.execute(CONNECT_STATE, null, { signal })),
    }));
    const module = report === undefined ? 'unknown' : (STATES[report.state] ?? 'unknown');
    view.text([
      ...factLines(facts),
      `session       ${mqtt.state}; the module says: ${module}`,
      `port          ${session.port}`,
    ]);
  },
};
