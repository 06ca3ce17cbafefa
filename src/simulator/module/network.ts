import { checkInteger, checkOneOf } from '../../at/checks.js';
import { checkOptions, namesOf } from '../../errors/check-options.js';

/** What surrounds a module: SIM, cell, signal. */
export interface NetworkState {
  readonly sim: 'ready' | 'absent' | 'pin';
  /** `<stat>` of `+CEREG`: 0 none, 1 home, 2 searching, 3 denied, 5 roaming. TS 27.007 10.1.22. */
  readonly registration: number;
  /** `+CSQ`: 0 to 31, or 99. TS 27.007 8.5. */
  readonly rssi: number;
  /** `+CSQ`: 0 to 7, or 99. */
  readonly ber: number;
  /** `+CESQ`: 0 to 34, or 255. TS 27.007 8.69. */
  readonly rsrq: number;
  /** `+CESQ`: 0 to 97, or 255. */
  readonly rsrp: number;
  readonly mcc: string;
  readonly mnc: string;
  /** Its long name, at most 16 characters; the short one are the first 8. */
  readonly operator: string;
  /** 16 bits. */
  readonly tac: number;
  /** 28 bits. */
  readonly cell: number;
  /** APN of PDP context 1. */
  readonly apn: string;
  /** IPv4 address of PDP context 1. */
  readonly address: string;
}

/** `<stat>`, TS 27.007 10.1.22: home and roaming; searching. */
const REGISTERED: readonly number[] = [1, 5];
const SEARCHING = 2;

export function isRegistered(stat: number): boolean {
  return REGISTERED.includes(stat);
}

/** Signal as in the transcripts; everything else is made up. */
export const USUAL_NETWORK: NetworkState = {
  sim: 'ready',
  registration: 1,
  rssi: 27,
  ber: 99,
  rsrq: 24,
  rsrp: 52,
  mcc: '460',
  mnc: '00',
  operator: 'CHINA MOBILE',
  tac: 0x1a2b,
  cell: 0x0c3d4e5,
  apn: 'cmnet',
  address: '10.32.148.7',
};

/** The same place when no cell is in reach. */
export function withoutCoverage(state: NetworkState): NetworkState {
  const registration = isRegistered(state.registration) ? SEARCHING : state.registration;
  return { ...state, registration, rssi: 99, ber: 99, rsrq: 255, rsrp: 255, address: '0.0.0.0' };
}

/** The state with some of it changed; throws an `ArgumentError`. */
export function changeNetwork(state: NetworkState, changes: Partial<NetworkState>): NetworkState {
  checkOptions(changes, namesOf(state), { field: 'network', prefix: 'network.', example: '{ rssi: 12 }' });
  const changed = { ...state, ...changes };
  checkOneOf('network.sim', changed.sim, ['ready', 'absent', 'pin']);
  checkInteger('network.registration', changed.registration, 0, 8);
  checkInteger('network.rssi', changed.rssi, 0, 99);
  checkInteger('network.ber', changed.ber, 0, 99);
  checkInteger('network.rsrq', changed.rsrq, 0, 255);
  checkInteger('network.rsrp', changed.rsrp, 0, 255);
  checkInteger('network.tac', changed.tac, 0, 0xffff);
  checkInteger('network.cell', changed.cell, 0, 0xfffffff);
  return changed;
}
