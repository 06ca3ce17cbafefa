import type { ModuleFacts, TripleRecord } from '../ledger/ledger-types.js';
import { StationFailure } from './station-failure.js';

/** Whether the firmware is as expected: exact, but `*` stands for any text. */
export function firmwareMatches(expected: string, firmware: string): boolean {
  const parts = expected.split('*').map((part) => part.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(firmware);
}

/** Throws `WRONG_FIRMWARE`. */
export function checkFirmware(expected: string | undefined, firmware: string | undefined): void {
  if (expected === undefined || (firmware !== undefined && firmwareMatches(expected, firmware))) return;
  const found = firmware === undefined ? 'does not tell it' : `has ${JSON.stringify(firmware)}`;
  throw new StationFailure('WRONG_FIRMWARE', `it ${found}, expected is ${JSON.stringify(expected)}`);
}

/** Throws `WRONG_SIM` unless the ICCID begins with `expected` (upper case). */
export function checkSim(expected: string | undefined, iccid: string | undefined): void {
  if (expected === undefined || iccid?.toUpperCase().startsWith(expected)) return;
  const found = iccid === undefined ? 'the module does not tell its ICCID' : `its ICCID is ${iccid}`;
  throw new StationFailure('WRONG_SIM', `${found}, expected is one that begins with ${expected}`);
}

/**
 * Throws `IMEI_OTHER_SIM` for a module that was verified with another SIM, and `MODULE_FAULT` if it does not tell its SIM
 * now: it may be another module. Where none was told then, there is nothing to compare.
 */
export function checkSameSim({ iccid }: ModuleFacts, earlier: TripleRecord | undefined): void {
  if (earlier?.iccid === undefined) return;
  if (iccid === undefined) {
    const detail = `it does not tell its ICCID now; verified was one with ${earlier.iccid}`;
    throw new StationFailure('MODULE_FAULT', detail);
  }
  if (sameIccid(iccid, earlier.iccid)) return;
  throw new StationFailure('IMEI_OTHER_SIM', `its ICCID is ${iccid}, it was ${earlier.iccid}`);
}

/** Whether two ICCIDs are one: its hexadecimal digits are told in either case. */
export function sameIccid(one: string, other: string | undefined): boolean {
  return one.toUpperCase() === other?.toUpperCase();
}

/** Whether an IMEI is one of a module's own. All digits alike are what stands where none was ever written [A]. */
export function isOwnImei(imei: string): boolean {
  return !/^(\d)\1*$/.test(imei);
}

/** Whether the last digit of an IMEI is right: the Luhn check of TS 23.003 B.2. Test units may break the rule. */
export function hasCheckDigit(imei: string): boolean {
  const sum = [...imei].reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
