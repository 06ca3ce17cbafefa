import { integerArgument } from './argument.js';
import type { FaultDefinition } from './fault.js';

export const SPLIT: FaultDefinition = {
  name: 'split',
  parameter: '[=<bytes>]',
  help: 'output comes in pieces of so many bytes, default 1',
  create: (argument) => {
    const size = integerArgument('split', argument, [1, 65_536], 1);
    return { transmit: (bytes) => pieces(bytes, size) };
  },
};

function pieces(bytes: Buffer, size: number): Buffer[] {
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += size) parts.push(bytes.subarray(at, at + size));
  return parts;
}
