import type { CommandPort, ExecuteOptions } from '../at/command.js';
import { IMEI, IMSI, MANUFACTURER, MODEL, REVISION, SERIAL_NUMBER } from '../at/commands/identity.js';
import { ifSupported, told } from './if-supported.js';
import type { VendorCommands } from './module-kind.js';

/** Who the module and its SIM are, as far as it could be read. */
export interface Identity {
  /** Empty when the module does not tell, like `model` and `revision`. */
  readonly manufacturer: string;
  readonly model: string;
  readonly revision: string;
  /** 15 digits; absent when it cannot be read. */
  readonly imei?: string;
  /** The full name of the firmware, on modules that have one. */
  readonly firmware?: string;
  /** The subscriber; absent when there is no SIM or it is locked. */
  readonly imsi?: string;
  /** The SIM card; absent when there is none. */
  readonly iccid?: string;
  /** Why a part is empty or absent; absent itself when all could be read. */
  readonly problems?: Readonly<Partial<Record<IdentityField, string>>>;
}

export type IdentityField = 'manufacturer' | 'model' | 'revision' | 'imei' | 'firmware' | 'imsi' | 'iccid';

/** 15 digits, from the first of two forms that the module answers; rejects as the second one does. */
export async function readImei(port: CommandPort, options?: ExecuteOptions): Promise<string> {
  return (await ifSupported(port.execute(IMEI, null, options))) ?? port.execute(SERIAL_NUMBER, null, options);
}

/** Asks all of it, each part for itself: one that is refused, not understood or late hides no other. */
export async function readIdentity(
  port: CommandPort,
  commands: Pick<VendorCommands, 'firmware' | 'iccid'>,
  options?: ExecuteOptions,
): Promise<Identity> {
  const problems: Partial<Record<IdentityField, string>> = {};
  const ask = async (field: IdentityField, request: Promise<string>) => {
    const { value, problem } = await told(request);
    if (problem !== undefined) problems[field] = problem.message;
    return value;
  };
  const read = (field: IdentityField, command: typeof MANUFACTURER) =>
    ask(field, port.execute(command, null, options));
  const manufacturer = (await read('manufacturer', MANUFACTURER)) ?? '';
  const model = (await read('model', MODEL)) ?? '';
  const firmware = await read('firmware', commands.firmware);
  const revision = (await read('revision', REVISION)) ?? firmware ?? '';
  if (revision !== '') delete problems.revision;
  const imei = await ask('imei', readImei(port, options));
  const imsi = await read('imsi', IMSI);
  const iccid = await read('iccid', commands.iccid);
  return {
    manufacturer,
    model,
    revision,
    ...(imei === undefined ? {} : { imei }),
    ...(firmware === undefined ? {} : { firmware }),
    ...(imsi === undefined ? {} : { imsi }),
    ...(iccid === undefined ? {} : { iccid }),
    ...(Object.keys(problems).length === 0 ? {} : { problems }),
  };
}
