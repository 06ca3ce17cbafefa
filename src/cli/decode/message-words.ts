import { isUtf8 } from 'node:buffer';
import { maskSecrets } from '../../errors/secrets.js';
import { escapeBytes } from '../../util/escape.js';

/** Characters of a payload that are shown. */
const SHOWN = 60;

/** A downlink in words. */
export function messageWords(message: { readonly topic: string; readonly payload: Buffer }): string {
  return `message on ${message.topic}: ${payloadWords(message.payload)}`;
}

/** Length and beginning of a payload: text where it is some, else hex; secrets masked. */
export function payloadWords(payload: Buffer): string {
  if (payload.length === 0) return 'empty';
  const bytes = `${payload.length} ${payload.length === 1 ? 'byte' : 'bytes'}`;
  const text = maskSecrets(payload.toString('utf8'));
  const shown = isUtf8(payload) && /^[^\p{Cc}]*$/u.test(text) ? text : hexadecimal(payload);
  return `${bytes}, ${shortened(shown)}`;
}

function hexadecimal(payload: Buffer): string {
  const masked = Buffer.from(maskSecrets(payload.toString('latin1')), 'latin1');
  if (!masked.equals(payload)) return escapeBytes(masked);
  return payload
    .subarray(0, SHOWN)
    .toString('hex')
    .replace(/..(?=.)/g, '$& ');
}

function shortened(text: string): string {
  const characters = [...text];
  return characters.length > SHOWN ? `${characters.slice(0, SHOWN).join('')}…` : text;
}
