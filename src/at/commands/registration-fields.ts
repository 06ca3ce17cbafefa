import { integerOf, type Parameter } from '../parameters.js';
import { hexadecimalOf, toHexadecimal } from './hexadecimal.js';

/** `<stat>[,"<tac>","<ci>",<AcT>]`: what the read response and the URC of `+CEREG` share. TS 27.007 10.1.22. */
export interface RegistrationLocation {
  /** 0 not registered, 1 home, 2 searching, 3 denied, 4 unknown, 5 roaming, 8 emergency services only. */
  readonly stat: number;
  /** Tracking area code: 16 bits, hexadecimal on the wire. */
  readonly tac?: number;
  /** E-UTRAN cell identifier: 28 bits, hexadecimal on the wire. */
  readonly cell?: number;
  /** Access technology: 7 E-UTRAN, 9 E-UTRAN NB-S1. */
  readonly act?: number;
}

/** Whether the parameter is one bare digit or two, as `<n>` and `<stat>` are; a `<tac>` has four and is quoted. */
export function isDigit(parameter: Parameter): parameter is { quoted: false; text: string } {
  return parameter !== undefined && !parameter.quoted && /^\d{1,2}$/.test(parameter.text);
}

/** Reads the fields from `<stat>` on; what stands behind `<AcT>` (causes, timers) is left out. */
export function parseLocation(parameters: readonly Parameter[]): RegistrationLocation | undefined {
  const [stat, tac, cell, act] = parameters;
  if (!isDigit(stat)) return undefined;
  return {
    stat: Number(stat.text),
    ...optional('tac', hexadecimalOf(tac)),
    ...optional('cell', hexadecimalOf(cell)),
    ...optional('act', integerOf(act)),
  };
}

export function formatLocation({ stat, tac, cell, act }: RegistrationLocation): string {
  const fields = [String(stat), quotedHex(tac, 4), quotedHex(cell, 8), act === undefined ? '' : String(act)];
  return fields.join(',').replace(/,+$/, '');
}

function quotedHex(value: number | undefined, digits: number): string {
  return value === undefined ? '' : `"${toHexadecimal(value, digits)}"`;
}

function optional<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, V>);
}
