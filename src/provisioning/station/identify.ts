import { REVISION } from '../../at/commands/identity.js';
import { FIRMWARE, ICCID } from '../../at/commands/lierda.js';
import { ifSupported } from '../../modem/if-supported.js';
import { requireSim } from '../../modem/network.js';
import { delay } from '../../util/delay.js';
import type { ModuleFacts } from '../ledger/ledger-types.js';
import { checkFirmware, checkSim, isOwnImei } from './checks.js';
import { StationFailure } from './station-failure.js';
import type { UnitContext } from './unit-context.js';

/** 15 digits; throws `IMEI_UNREADABLE`, or why the module is lost. */
export async function readImei({ modem, guard }: UnitContext): Promise<string> {
  const imei = await ifSupported(modem.imei({ signal: guard.signal }));
  if (imei === undefined) throw new StationFailure('IMEI_UNREADABLE');
  if (!isOwnImei(imei))
    throw new StationFailure('IMEI_UNREADABLE', `it tells ${imei}, which is not one of its own`);
  return imei;
}

/** Questions for the ICCID until it counts as unreadable: a SIM that has just started may refuse [A]. */
const ICCID_TRIES = 3;

/** Undefined, with a note, if the module refuses to give it, or gives what is none. */
async function readIccid(context: UnitContext): Promise<string | undefined> {
  const { modem, guard, settings } = context;
  const { signal } = guard;
  for (let tries = 1; ; tries += 1) {
    const iccid = await ifSupported(modem.execute(ICCID, null, { signal }));
    if (iccid !== undefined) return iccid;
    if (tries === ICCID_TRIES) break;
    await delay(settings.pollInterval, signal);
  }
  context.note(
    `the ICCID of its SIM cannot be read: a module that comes with this IMEI later is not taken for it`,
  );
  return undefined;
}

/** What is known of a module so far. */
export type KnownFacts = { -readonly [Name in keyof ModuleFacts]: ModuleFacts[Name] };

/** Completes what is to be known of a module before anything is begun with it; throws what speaks against it. */
export async function identify(context: UnitContext, facts: KnownFacts): Promise<void> {
  const { modem, guard, settings } = context;
  const { signal } = guard;
  const ask = (command: typeof FIRMWARE) => ifSupported(modem.execute(command, null, { signal }));
  facts.firmware = (await ask(FIRMWARE)) ?? (await ask(REVISION));
  checkFirmware(settings.expectFirmware, facts.firmware);
  // The SIM may still be starting: before it is ready, it does not tell its number.
  await requireSim(modem, { timeout: settings.networkTimeout, signal });
  facts.iccid = await readIccid(context);
  checkSim(settings.expectSim, facts.iccid);
}
