import type { Block } from './blocks.js';

/**
 * What blocks hold that these tests have found wrong, and that is not mended in the README yet. They are left out, and
 * counted as such; an entry without its block does nothing, and can go.
 */
const UNMENDED: readonly string[] = [
  // No string under `strict`.
  'deviceSecret: process.env.DEVICE_SECRET',
  // The same, and `triple` is declared twice.
  'productSecret: process.env.PRODUCT_SECRET',
  // No TypeScript: a line that is `…`; and `connect` is not imported.
  '// the program as it was\n…\n',
  // A screen, not commands: its language is `text`.
  'atmqtt provision   station line-1   operator ada',
  // Refused as typed: the ledger has the product of the line above, so `--replace` is missing.
  "--name-template 'meter-{imei}' --ledger factory.db",
];

export function isUnmended({ text }: Pick<Block, 'text'>): boolean {
  return UNMENDED.some((part) => text.includes(part));
}
