import type { FaultDefinition } from './fault.js';

/** As behind a NAT that forgot the connection: RFC 9293 3.5.1 calls it half-open. */
export const SESSION_DEAD: FaultDefinition = {
  name: 'session-dead',
  help: 'LMQTTCONN? still says connected, but nothing flows until the session is closed',
  momentary: true,
  create: () => ({ begin: (target) => target.freezeSession() }),
};
