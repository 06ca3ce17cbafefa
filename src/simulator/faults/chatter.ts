import type { FaultDefinition } from './fault.js';

/** Lines that lmqtt.md 7 says to tolerate. */
const LINES = [
  '+CGEV: ME PDN ACT 1',
  '+CTZEU: "+32",0',
  '^MODE: 17,17',
  '+E_UTRAN Service',
  '+XUNKNOWN: 1,"OK"',
];

export const CHATTER: FaultDefinition = {
  name: 'chatter',
  help: 'a URC stands before each final result code',
  create: (_argument, random) => ({
    unsolicited: () => LINES[Math.floor(random() * LINES.length)] as string,
  }),
};
