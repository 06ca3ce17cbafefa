import type { CommandPort, ExecuteOptions } from '../at/command-port.js';
import { FIRMWARE } from '../at/commands/firmware.js';
import { ICCID } from '../at/commands/iccid.js';
import { IMEI } from '../at/commands/imei.js';
import { IMSI } from '../at/commands/imsi.js';
import { MANUFACTURER } from '../at/commands/manufacturer.js';
import { MODEL } from '../at/commands/model.js';
import { REVISION } from '../at/commands/revision.js';
import { SERIAL_NUMBER } from '../at/commands/serial-number.js';
import { ifSupported } from './if-supported.js';

/** Who the module and its SIM are. */
export interface Identity {
  /** Empty when the module does not tell, like `model` and `revision`. */
  readonly manufacturer: string;
  readonly model: string;
  readonly revision: string;
  /** 15 digits. */
  readonly imei: string;
  /** The full name of the firmware, on modules that have one. */
  readonly firmware?: string;
  /** The subscriber; absent when there is no SIM or it is locked. */
  readonly imsi?: string;
  /** The SIM card; absent when there is none. */
  readonly iccid?: string;
}

/** 15 digits, from the first of two forms that the module answers; rejects as the second one does. */
export async function readImei(port: CommandPort, options?: ExecuteOptions): Promise<string> {
  return (await ifSupported(port.execute(IMEI, null, options))) ?? port.execute(SERIAL_NUMBER, null, options);
}

/** Asks all of it; only the IMEI must be told, in one of its two forms. */
export async function readIdentity(port: CommandPort, options?: ExecuteOptions): Promise<Identity> {
  const ask = (command: typeof MANUFACTURER) => ifSupported(port.execute(command, null, options));
  const manufacturer = (await ask(MANUFACTURER)) ?? '';
  const model = (await ask(MODEL)) ?? '';
  const firmware = await ask(FIRMWARE);
  const revision = (await ask(REVISION)) ?? firmware ?? '';
  const imei = await readImei(port, options);
  const imsi = await ask(IMSI);
  const iccid = await ask(ICCID);
  return {
    manufacturer,
    model,
    revision,
    imei,
    ...(firmware === undefined ? {} : { firmware }),
    ...(imsi === undefined ? {} : { imsi }),
    ...(iccid === undefined ? {} : { iccid }),
  };
}
