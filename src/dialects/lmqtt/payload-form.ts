import { ArgumentError } from '../../errors/kinds.js';
import { MAX_INLINE } from './limits.js';
import type { Profile } from './profiles.js';

/** How a payload goes out: between quotes, behind a prompt, or as hex text between quotes. */
export type PayloadForm = 'inline' | 'data' | 'hex';

const QUOTE = 0x22;
const SEMICOLON = 0x3b;

/** Bytes that stand for themselves between the quotes of a command line: anything but control characters. */
export function isInlineSafe(payload: Uint8Array): boolean {
  return payload.every((byte) => byte >= 0x20 && byte !== 0x7f);
}

/** `<len>` of a hex payload: bytes of the payload, not hex characters [A]. */
export function hexLength(payload: Uint8Array): number {
  return payload.length;
}

/** The largest hex payload in bytes: the inline limit counts the characters between the quotes [A]. */
export function maxHexPayload(inlineLimit: number = MAX_INLINE): number {
  return Math.floor(inlineLimit / 2);
}

/**
 * Whether a module that ended the payload at its first quote could run the rest as a command: V.250 5.2.1 puts `;`
 * between commands. Modules count the payload [T], seen with JSON only; a `;` behind a quote does not rely on that.
 */
function isCommandLike(payload: Uint8Array): boolean {
  const quote = payload.indexOf(QUOTE);
  return quote >= 0 && payload.includes(SEMICOLON, quote);
}

/**
 * The form for a payload: inline for printable ASCII within the inline limit, and for the empty payload, as a prompt
 * for no bytes is not documented [A]; data mode for everything else; hex if the profile says so. Throws an
 * `ArgumentError` for a payload that is too long.
 */
export function choosePayloadForm(payload: Buffer, profile: Profile): PayloadForm {
  checkLength(payload, largestPayload(profile));
  if (profile.sendFormat === 'hex') return 'hex';
  const printable = payload.every((byte) => byte >= 0x20 && byte <= 0x7e);
  const inline = printable && payload.length <= profile.inlineLimit && !isCommandLike(payload);
  return inline ? 'inline' : 'data';
}

/** Bytes. */
export function largestPayload({ sendFormat, inlineLimit, payloadLimit }: Profile): number {
  return sendFormat === 'hex' ? maxHexPayload(inlineLimit) : payloadLimit;
}

export function checkLength(payload: Uint8Array, max: number, min = 0): void {
  if (!(payload instanceof Uint8Array)) throw new ArgumentError('payload', typeof payload, 'a Buffer');
  if (payload.length < min || payload.length > max) {
    throw new ArgumentError('payload', `a payload of ${payload.length} bytes`, `${min} to ${max} bytes long`);
  }
}
