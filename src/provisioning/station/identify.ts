import { isSameCard } from '../../at/commands/iccid.js';
import { REVISION } from '../../at/commands/identity.js';
import { ifSupported } from '../../modem/if-supported.js';
import { requireSim } from '../../modem/network.js';
import { delay } from '../../util/delay.js';
import type { ModuleFacts, TripleRecord } from '../ledger/ledger-types.js';
import { StationFailure } from './reasons.js';
import type { UnitContext } from './unit-context.js';

/** 15 digits; throws `IMEI_UNREADABLE`, or why the module is lost. */
export async function readImei({ modem, guard }: UnitContext): Promise<string> {
  const imei = await ifSupported(modem.imei({ signal: guard.signal }));
  if (imei === undefined) throw new StationFailure('IMEI_UNREADABLE');
  if (!isOwnImei(imei))
    throw new StationFailure('IMEI_UNREADABLE', `it tells ${imei}, which is not one of its own`);
  return imei;
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

/** What is known of a module so far. */
export type KnownFacts = { -readonly [Name in keyof ModuleFacts]: ModuleFacts[Name] };

/** Completes what is to be known of a module before anything is begun with it; throws what speaks against it. */
export async function identify(context: UnitContext, facts: KnownFacts): Promise<void> {
  const { modem, guard, settings } = context;
  const { signal } = guard;
  facts.firmware =
    (await ifSupported(modem.firmware({ signal }))) ??
    (await ifSupported(modem.execute(REVISION, null, { signal })));
  checkFirmware(settings.expectFirmware, facts.firmware);
  // The SIM may still be starting: before it is ready, it does not tell its number.
  await requireSim(modem, { timeout: settings.networkTimeout, signal });
  facts.iccid = await readIccid(context);
  checkSim(settings.expectSim, facts.iccid);
}

/** Questions for the ICCID until it counts as unreadable: a SIM that has just started may refuse [A]. */
const ICCID_TRIES = 3;

/** Undefined, with a note, if the module refuses to give it, or gives what is none. */
async function readIccid(context: UnitContext): Promise<string | undefined> {
  const { modem, guard, settings } = context;
  const { signal } = guard;
  for (let tries = 1; ; tries += 1) {
    const iccid = await ifSupported(modem.iccid({ signal }));
    if (iccid !== undefined) return iccid;
    if (tries === ICCID_TRIES) break;
    await delay(settings.pollInterval, signal);
  }
  context.note(
    `the ICCID of its SIM cannot be read: a module that comes with this IMEI later is not taken for it`,
  );
  return undefined;
}

/** Throws `WRONG_FIRMWARE`. */
export function checkFirmware(expected: string | undefined, firmware: string | undefined): void {
  if (expected === undefined || (firmware !== undefined && firmwareMatches(expected, firmware))) return;
  const found = firmware === undefined ? 'does not tell it' : `has ${JSON.stringify(firmware)}`;
  throw new StationFailure('WRONG_FIRMWARE', `it ${found}, expected is ${JSON.stringify(expected)}`);
}

/** Whether the firmware is as expected: exact, but `*` stands for any text. */
export function firmwareMatches(expected: string, firmware: string): boolean {
  const parts = expected.split('*').map((part) => part.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(firmware);
}

/** Throws `WRONG_SIM` unless the ICCID begins with `expected` (upper case). */
export function checkSim(expected: string | undefined, iccid: string | undefined): void {
  if (expected === undefined || iccid?.toUpperCase().startsWith(expected)) return;
  const found = iccid === undefined ? 'its ICCID cannot be read' : `its ICCID is ${iccid}`;
  throw new StationFailure('WRONG_SIM', `${found}, expected is one that begins with ${expected}`);
}

/**
 * Throws unless the module of this IMEI that was verified, if there is one, had the same SIM: `IMEI_OTHER_SIM` if it had
 * another one, `SIM_UNKNOWN` if its SIM was not readable then, and `MODULE_FAULT` if this one is not now. What cannot be
 * compared may be two modules.
 */
export function checkSameSim({ iccid }: ModuleFacts, earlier: TripleRecord | undefined): void {
  if (earlier?.verifiedAt === undefined) return;
  if (earlier.iccid === undefined) {
    const now =
      iccid === undefined ? 'could not be read either time' : `is ${iccid}, it could not be read then`;
    throw new StationFailure('SIM_UNKNOWN', `its ICCID ${now}`);
  }
  if (iccid === undefined) {
    const detail = `its ICCID cannot be read now; the verified one had ${earlier.iccid}`;
    throw new StationFailure('MODULE_FAULT', detail);
  }
  if (isSameCard(iccid, earlier.iccid)) return;
  throw new StationFailure('IMEI_OTHER_SIM', `its ICCID is ${iccid}, it was ${earlier.iccid}`);
}
