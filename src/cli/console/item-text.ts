import { maskSecrets } from '../../errors/secrets.js';
import type { Paint, Style } from './paint.js';
import { folded, foldedPayload, harmless, hexDump, readable, readablePayload } from './readable.js';
import type { Item } from './traffic.js';

interface ItemLook {
  readonly paint: Paint;
  /** Time stamp with the space behind it, or empty. */
  readonly stamp: string;
  /** Shows bytes as a dump as well. */
  readonly hex: boolean;
  /** The line stands on the screen already: only its words are shown. */
  readonly typed: boolean;
  readonly wrap: Wrap;
}

/** Breaks a line between words; `indent` columns are taken by what stands in front of it. */
export type Wrap = (line: string, indent?: number) => string[];

const STYLES: Readonly<Record<Item['role'], Style | undefined>> = {
  command: 'sent',
  echo: 'faint',
  ok: 'good',
  failure: 'bad',
  response: undefined,
  urc: 'urc',
  prompt: 'faint',
  'sent-data': 'sent',
  noise: 'bad',
};

/** What dumps are shown of: what the module sends, and payloads. */
const DUMPED: readonly Item['role'][] = ['response', 'urc', 'noise', 'sent-data'];

/** One thing on the wire as lines: what it is, and dim below it what it means. Secrets are masked. */
export function itemLines(item: Item, { paint, stamp, hex, typed, wrap }: ItemLook): string[] {
  const indent = ' '.repeat(stamp.length + 2);
  const faint = (text: string) => `${indent}${paint('faint', text)}`;
  const style = STYLES[item.role];
  const text = textOf(item);
  const lines: string[] = [];
  if (!typed && text !== '') {
    const shown = style === undefined ? text : paint(style, text);
    lines.push(`${stamp === '' ? '' : paint('faint', stamp)}${shown}`);
  }
  if (hex && DUMPED.includes(item.role)) lines.push(...hexDump(maskedBytes(item)).map(faint));
  const words = item.role === 'sent-data' ? undefined : item.words;
  if (words !== undefined) lines.push(...wrap(harmless(words), indent.length).map(faint));
  return lines;
}

/** One thing on the wire as `--json` prints it; `time` is ISO 8601 in UTC. */
export function itemRecord(item: Item, time: Date): object {
  const { role, words, bytes } = item;
  return {
    time: time.toISOString(),
    role,
    text: readable(maskSecrets(item.text)),
    ...(bytes === undefined ? {} : { bytes: bytes.length, payload: readablePayload(maskedPayload(item)) }),
    ...(words === undefined ? {} : { words }),
  };
}

function textOf(item: Item): string {
  if (item.role === 'command') return `> ${folded(maskSecrets(item.text))}`;
  if (item.role === 'prompt') return '';
  if (item.role === 'sent-data') return `> ${harmless(item.words ?? '')}`;
  if (item.bytes === undefined) return folded(maskSecrets(item.text));
  return folded(item.text) + foldedPayload(maskedPayload(item));
}

/** A secret may be told by what stands in front of the payload. */
function maskedPayload({ text, bytes }: Item): string {
  const payload = bytes?.toString('latin1') ?? '';
  const masked = maskSecrets(text + payload);
  return masked.startsWith(text) ? masked.slice(text.length) : '***';
}

function maskedBytes(item: Item): Buffer {
  return Buffer.from(item.bytes === undefined ? maskSecrets(item.text) : maskedPayload(item), 'latin1');
}
