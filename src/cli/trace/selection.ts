import { ArgumentError } from '../../errors/kinds.js';
import { maskSecrets } from '../../errors/secrets.js';
import { escapeBytes } from '../../util/escape.js';
import { noiseWords, type Utterance } from '../decode/conversation.js';
import type { ShowOptions } from './command.js';
import type { Moment } from './playback.js';

/** Which moments are shown. Throws an `ArgumentError` for a filter or a time that is none. */
export function selectionOf(options: Omit<ShowOptions, 'file' | 'decode'>): (moment: Moment) => boolean {
  const { direction, urcs = false, filter } = options;
  const from = options.from === undefined ? undefined : parseBound('from', options.from);
  const to = options.to === undefined ? undefined : parseBound('to', options.to);
  const found = filter === undefined ? () => true : parseFilter(filter);
  return (moment) =>
    (direction === undefined || moment.direction === direction) &&
    (!urcs || moment.mark.urc) &&
    (from === undefined || distance(moment, from) >= 0) &&
    (to === undefined || distance(moment, to) <= 0) &&
    (found(wireText(moment.utterance)) || found(wordsOf(moment.utterance) ?? ''));
}

function distance(moment: Moment, bound: Bound): number {
  return 'elapsed' in bound ? moment.elapsed - bound.elapsed : moment.at - bound.at;
}

/** What went over the line, readable and without secrets, on one line; `printable` escapes it. */
export function wireText(utterance: Utterance, printable = escapeBytes): string {
  switch (utterance.kind) {
    case 'command':
      return printable(maskSecrets(utterance.text));
    case 'line':
      return printable(maskSecrets(utterance.text + (utterance.payload?.toString('latin1') ?? '')));
    case 'payload':
      return printable(maskSecrets(utterance.bytes.toString('latin1')));
    case 'prompt':
      return '> ';
    case 'noise':
      return '';
  }
}

/** What it means, if that is known. */
export function wordsOf(utterance: Utterance): string | undefined {
  switch (utterance.kind) {
    case 'prompt':
      return utterance.wanted === undefined
        ? 'the module takes data'
        : `the module takes ${bytes(utterance.wanted)}`;
    case 'noise':
      return noiseWords(utterance);
    default:
      return utterance.words;
  }
}

function bytes(count: number): string {
  return count === 1 ? '1 byte' : `${count} bytes`;
}

/** A time within a recording: ms since its first entry, or ms since 1970. */
type Bound = { readonly elapsed: number } | { readonly at: number };

/** `12.5`, `+12.5` or `12.5s`: seconds since the first entry; else a time as in the file. Throws an `ArgumentError`. */
export function parseBound(field: string, text: string): Bound {
  const seconds = /^\+?(\d+(?:\.\d+)?)s?$/.exec(text)?.[1];
  if (seconds !== undefined) return { elapsed: Number(seconds) * 1000 };
  const at = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(at)) return { at };
  throw new ArgumentError(
    field,
    JSON.stringify(text),
    'seconds since the start, or a time such as 2026-11-20T11:00:00Z',
  );
}

/** Whether a text is found. Throws an `ArgumentError` for a regex that is none. */
export function parseFilter(filter: string): (text: string) => boolean {
  const [, source, flags = ''] = /^\/(.*)\/([a-z]*)$/s.exec(filter) ?? [];
  if (source === undefined) return (text) => text.includes(filter);
  try {
    // Matches start where they are looked for: `g` and `y` would remember the last one.
    const regex = new RegExp(source, flags.replace(/[gy]/g, ''));
    return (text) => regex.test(text);
  } catch (error) {
    throw new ArgumentError(
      'filter',
      JSON.stringify(filter),
      `a text or a /regex/ (${(error as Error).message})`,
    );
  }
}
