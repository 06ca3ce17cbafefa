import type { Block } from './blocks.js';

/** What a block is, which decides how it is tested. */
export type Kind = 'code' | 'shell' | 'text';

const KINDS: Readonly<Record<string, Kind>> = {
  ts: 'code',
  js: 'code',
  sh: 'shell',
  console: 'shell',
  text: 'text',
  html: 'text',
  json: 'text',
  ini: 'text',
  '': 'text',
};

const COMMAND = /^(?:\$ )?(?:atmqtt|npm|npx|node) /m;

/** Undefined for a language that no test knows. A block without one is shell where it looks like it. */
export function kindOf({ language, text }: Block): Kind | undefined {
  if (language === '' && COMMAND.test(text)) return 'shell';
  return Object.hasOwn(KINDS, language) ? KINDS[language] : undefined;
}
