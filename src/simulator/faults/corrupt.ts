import { byChance, integerArgument } from './argument.js';
import type { FaultDefinition } from './fault.js';

export const CORRUPT: FaultDefinition = {
  name: 'corrupt',
  parameter: '=<n>',
  help: 'one in n bytes that the module sends arrives with one bit changed',
  create: (argument, random) => {
    const isHit = byChance(integerArgument('corrupt', argument, [2, 1e9]), random);
    const changed = (byte: number): number => (isHit() ? byte ^ (1 << Math.floor(random() * 8)) : byte);
    return { transmit: (bytes) => [Buffer.from(bytes.map(changed))] };
  },
};
