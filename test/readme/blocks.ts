import { readFileSync } from 'node:fs';

/** A fenced code block of the README. */
export interface Block {
  /** What stands behind the opening fence; empty without. */
  readonly language: string;
  /** The heading above it, without `#`. */
  readonly heading: string;
  /** Of its first line, from 1. */
  readonly line: number;
  /** Ends with a line end. */
  readonly text: string;
}

const HEADING_OR_BLOCK = /^#{1,6} (.+)$|^(`{3,})(.*)\n([\s\S]*?)^\2$/gm;

/** All fenced blocks of a Markdown text, in their order. */
export function blocksOf(markdown: string): Block[] {
  const blocks: Block[] = [];
  let heading = '';
  for (const match of markdown.matchAll(HEADING_OR_BLOCK)) {
    const [, title, , language, text] = match;
    if (title !== undefined) heading = title;
    if (language === undefined || text === undefined) continue;
    const line = markdown.slice(0, match.index).split('\n').length + 1;
    blocks.push({ language: language.trim(), heading, line, text });
  }
  return blocks;
}

/** For titles of tests. */
export function placeOf({ line, heading }: Block): string {
  return `line ${line}, ${heading}`;
}

/** The README, or the Markdown file that `ATMQTT_README` names: a draft. */
export const README = readFileSync(
  process.env.ATMQTT_README ?? new URL('../../README.md', import.meta.url),
  'utf8',
);

export const BLOCKS: readonly Block[] = blocksOf(README);
