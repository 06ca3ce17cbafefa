import type { CommandPort, ExecuteOptions } from '../at/command.js';
import { REGISTRATION, type RegistrationLocation } from '../at/commands/registration.js';

export type RegistrationStatus =
  | 'home'
  | 'roaming'
  | 'searching'
  | 'denied'
  | 'not-registered'
  | 'emergency-only'
  | 'unknown';

/** Whether and where the module is registered with a network. */
export interface Registration {
  readonly status: RegistrationStatus;
  /** Home or roaming. */
  readonly registered: boolean;
  /** Tracking area code. */
  readonly tac?: number;
  /** E-UTRAN cell identifier. */
  readonly cell?: number;
  /** Access technology; `ACCESS_TECHNOLOGIES` has the names. */
  readonly act?: number;
}

/** `<stat>` of TS 27.007 10.1.22; 6, 7, 9 and 10 are not used in E-UTRAN. */
const STATUSES: ReadonlyMap<number, RegistrationStatus> = new Map([
  [0, 'not-registered'],
  [1, 'home'],
  [2, 'searching'],
  [3, 'denied'],
  [4, 'unknown'],
  [5, 'roaming'],
  [8, 'emergency-only'],
]);

export const REGISTRATION_SENTENCES: Readonly<Record<RegistrationStatus, string>> = {
  home: 'registered with the home network',
  roaming: 'registered, roaming',
  searching: 'not registered yet, the module is searching',
  denied: 'the network refuses this SIM or this module',
  'not-registered': 'not registered, and the module is not searching: is its radio on?',
  'emergency-only': 'attached for emergency services only',
  unknown: 'it is not known whether the module is registered, it may be out of coverage',
};

/** `<AcT>` of TS 27.007 10.1.22. */
export const ACCESS_TECHNOLOGIES: ReadonlyMap<number, string> = new Map([
  [0, 'GSM'],
  [1, 'GSM Compact'],
  [2, 'UTRAN'],
  [3, 'GSM with EGPRS'],
  [4, 'UTRAN with HSDPA'],
  [5, 'UTRAN with HSUPA'],
  [6, 'UTRAN with HSDPA and HSUPA'],
  [7, 'E-UTRAN'],
  [8, 'EC-GSM-IoT'],
  [9, 'E-UTRAN (NB-S1)'],
]);

export async function readRegistration(port: CommandPort, options?: ExecuteOptions): Promise<Registration> {
  return decodeRegistration(await port.execute(REGISTRATION, null, options));
}

export function decodeRegistration(location: RegistrationLocation): Registration {
  const { stat, tac, cell, act } = location;
  const status = STATUSES.get(stat) ?? 'unknown';
  return {
    status,
    registered: status === 'home' || status === 'roaming',
    ...(tac === undefined ? {} : { tac }),
    ...(cell === undefined ? {} : { cell }),
    ...(act === undefined ? {} : { act }),
  };
}
