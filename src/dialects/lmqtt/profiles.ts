import { ArgumentError } from '../../errors/kinds.js';
import { MAX_INLINE, MAX_PAYLOAD } from './limits.js';
import { MISSPELT_UNSUBSCRIBE_RESULT, SUBSCRIBE_RESULT, type SubscribeResultName } from './results.js';

export type ProfileName = 'nt26' | 'nt35e';

/** What differs from module to module within the dialect. */
export interface Profile {
  readonly name: ProfileName;
  /** Largest inline payload in bytes. */
  readonly inlineLimit: number;
  /** Largest payload in bytes, in data mode. */
  readonly payloadLimit: number;
  /** Whether a QoS 0 publish must carry `<msgID>` 0. */
  readonly zeroMessageIdForQos0: boolean;
  /** How the module spells the result of an unsubscribe; the driver accepts both. */
  readonly unsubscribeResultName: SubscribeResultName;
  /** `send/mode`: whether payloads go out as text or bytes, or as hex text. */
  readonly sendFormat: 'text' | 'hex';
  /** Whether the firmware keeps the triple over LMQTTCLOSE and restarts. */
  readonly keepsTriple: boolean;
}

/** Every setting dies with LMQTTCLOSE [T]; that the triple is no exception is assumed for all firmware [A]. */
const KEEPS_TRIPLE = false;

export const PROFILES: Readonly<Record<ProfileName, Profile>> = {
  /** NT26E-CN, NT26-KCN: inline limit [M], `<msgID>` [T], spelling as seen [T]. */
  nt26: {
    name: 'nt26',
    inlineLimit: 1024,
    payloadLimit: MAX_PAYLOAD,
    zeroMessageIdForQos0: false,
    unsubscribeResultName: SUBSCRIBE_RESULT,
    sendFormat: 'text',
    keepsTriple: KEEPS_TRIPLE,
  },
  /** NT35E: inline limit [M], `<msgID>` [T], spelling of the manual's example; which module misspells it is open [A]. */
  nt35e: {
    name: 'nt35e',
    inlineLimit: 1460,
    payloadLimit: MAX_PAYLOAD,
    zeroMessageIdForQos0: true,
    unsubscribeResultName: MISSPELT_UNSUBSCRIBE_RESULT,
    sendFormat: 'text',
    keepsTriple: KEEPS_TRIPLE,
  },
};

/** How a payload goes out: between quotes, behind a prompt, or as hex text between quotes. */
export type PayloadForm = 'inline' | 'data' | 'hex';

const QUOTE = 0x22;
const SEMICOLON = 0x3b;

/** Bytes that stand for themselves between the quotes of a command line: anything but control characters. */
export function isInlineSafe(payload: Buffer): boolean {
  return /^[^\x00-\x1f\x7f]*$/.test(payload.toString('latin1'));
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
  const fits = payload.length <= profile.inlineLimit;
  // An expression over text is some ten times as fast as a function over bytes.
  const inline = fits && /^[\x20-\x7e]*$/.test(payload.toString('latin1')) && !isCommandLike(payload);
  return inline ? 'inline' : 'data';
}

/** Bytes. */
export function largestPayload({ sendFormat, inlineLimit, payloadLimit }: Profile): number {
  return sendFormat === 'hex' ? maxHexPayload(inlineLimit) : payloadLimit;
}

export function checkLength(payload: Uint8Array, max: number, min = 0): void {
  if (!(payload instanceof Uint8Array)) throw new ArgumentError('payload', typeof payload, 'a Buffer');
  if (payload.length < min || payload.length > max) {
    throw new ArgumentError('payload', `${payload.length} bytes long`, `${min} to ${max} bytes long`);
  }
}
