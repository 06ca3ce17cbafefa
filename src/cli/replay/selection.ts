import { maskSecrets } from '../../errors/secrets.js';
import { escapeBytes } from '../../util/escape.js';
import { noiseWords, type Utterance } from '../decode/conversation.js';
import { type Bound, parseBound, parseFilter, type ShowOptions } from './options.js';
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
