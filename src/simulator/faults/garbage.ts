import type { Fault, FaultDefinition } from './fault.js';

const LONGEST = 8;

export const GARBAGE: FaultDefinition = {
  name: 'garbage',
  help: '1 to 8 bytes that are no ASCII stand before each output, as from a waking UART',
  create: (_argument, random): Fault => ({
    transmit: (bytes) => [Buffer.concat([garbage(random), bytes])],
  }),
};

/** NUL and high bytes: printable ones would be text, not garbage. */
function garbage(random: () => number): Buffer {
  const length = 1 + Math.floor(random() * LONGEST);
  return Buffer.from(Array.from({ length }, () => (random() < 0.2 ? 0 : 0x80 + Math.floor(random() * 0x80))));
}
