import type { CommandPort, ExecuteOptions } from '../at/command.js';
import { EXTENDED_SIGNAL_QUALITY, SIGNAL_QUALITY } from '../at/commands/signal.js';
import { told } from './if-supported.js';
import type { VendorCommands } from './module-kind.js';

export type SignalLevel = 'excellent' | 'good' | 'fair' | 'poor' | 'none';

/** What the module receives; a value is undefined when the module cannot tell. */
export interface Signal {
  /** Received signal strength in dBm, −113 (or less) to −51 (or more). */
  readonly rssi: number | undefined;
  /** Reference signal received power in dBm, −141 (below −140) to −44 (or more). */
  readonly rsrp: number | undefined;
  /** Reference signal received quality in dB, −20 (below −19.5) to −3 (or more). */
  readonly rsrq: number | undefined;
  /** Signal to interference and noise in dB; only when asked for. */
  readonly sinr?: number;
  readonly quality: SignalLevel;
}

export interface SignalOptions extends ExecuteOptions {
  /** Whether to ask for `sinr` too: one more command, that of `cells()`. Default false. */
  readonly sinr?: boolean;
}

/** Least dBm for each level; rules of thumb of the trade, no standard has them. LTE is judged by its RSRP. */
const LEVELS: readonly { readonly level: SignalLevel; readonly rsrp: number; readonly rssi: number }[] = [
  { level: 'excellent', rsrp: -80, rssi: -55 },
  { level: 'good', rsrp: -90, rssi: -75 },
  { level: 'fair', rsrp: -100, rssi: -91 },
];

export const SIGNAL_SENTENCES: Readonly<Record<SignalLevel, string>> = {
  excellent: 'the signal is excellent',
  good: 'the signal is good',
  fair: 'the signal is fair: large messages may be slow',
  poor: 'the signal is poor: expect retries, try another place or antenna',
  none: 'no signal is measured: check the antenna',
};

/** Each part for itself; rejects when neither the received strength nor the reference signal can be read. */
export async function readSignal(
  port: CommandPort,
  cellsCommand: VendorCommands['cells'],
  options: SignalOptions = {},
): Promise<Signal> {
  const { sinr: wanted = false, ...execute } = options;
  const { value: csq, problem } = await told(port.execute(SIGNAL_QUALITY, null, execute));
  const { value: cesq } = await told(port.execute(EXTENDED_SIGNAL_QUALITY, null, execute));
  if (problem !== undefined && cesq === undefined) throw problem;
  const { value: cells } = wanted ? await told(port.execute(cellsCommand, null, execute)) : {};
  const sinr = cells?.find(({ kind }) => kind === 'serving')?.snr;
  const rssi = csq && rssiToDbm(csq.rssi);
  const rsrp = cesq && rsrpToDbm(cesq.rsrp);
  const rsrq = cesq && rsrqToDb(cesq.rsrq);
  return { rssi, rsrp, rsrq, ...(sinr === undefined ? {} : { sinr }), quality: signalLevel({ rssi, rsrp }) };
}

/** TS 27.007 8.5: 0 to 31 in steps of 2 dB from −113 dBm; 99 is unknown. */
export function rssiToDbm(code: number): number | undefined {
  return code >= 0 && code <= 31 ? -113 + 2 * code : undefined;
}

/** TS 27.007 8.69: 0 is below −140 dBm, n to 97 is at least −141 + n; 255 is unknown. The lower end is given. */
export function rsrpToDbm(code: number): number | undefined {
  return code >= 0 && code <= 97 ? -141 + code : undefined;
}

/** TS 27.007 8.69: 0 is below −19.5 dB, n to 34 is at least −20 + n/2; 255 is unknown. The lower end is given. */
export function rsrqToDb(code: number): number | undefined {
  return code >= 0 && code <= 34 ? -20 + code / 2 : undefined;
}

export function signalLevel({ rssi, rsrp }: Pick<Signal, 'rssi' | 'rsrp'>): SignalLevel {
  const measure = rsrp === undefined ? 'rssi' : 'rsrp';
  const dBm = rsrp ?? rssi;
  if (dBm === undefined) return 'none';
  return LEVELS.find((least) => dBm >= least[measure])?.level ?? 'poor';
}
