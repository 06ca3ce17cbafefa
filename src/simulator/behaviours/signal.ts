import { CELLS, type Cell } from '../../at/commands/lierda.js';
import { EXTENDED_SIGNAL_QUALITY, SIGNAL_QUALITY } from '../../at/commands/signal.js';
import type { NetworkState } from '../network.js';
import { answering } from './behaviour.js';

/** Not known or not detectable: TS 27.007 8.5 and 8.69. */
const UNKNOWN = 99;
const UNKNOWN_EXTENDED = 255;

/** What the module hears of no cell is made up. */
const PCI = 219;
const RXLEV = 42;
const EARFCN = 1650;
const SNR = 12;

export const signal = [
  answering(SIGNAL_QUALITY, {
    answer: ({ registers, network: { rssi, ber } }) =>
      registers.functionality === 1 ? { rssi, ber } : { rssi: UNKNOWN, ber: UNKNOWN },
  }),
  answering(EXTENDED_SIGNAL_QUALITY, {
    answer: ({ registers, network }) => ({
      rxlev: UNKNOWN,
      ber: UNKNOWN,
      rscp: UNKNOWN_EXTENDED,
      ecno: UNKNOWN_EXTENDED,
      rsrq: registers.functionality === 1 ? network.rsrq : UNKNOWN_EXTENDED,
      rsrp: registers.functionality === 1 ? network.rsrp : UNKNOWN_EXTENDED,
    }),
  }),
  answering(CELLS, { answer: ({ registered, network }) => (registered ? [servingCell(network)] : []) }),
];

function servingCell({ mcc, mnc, tac, cell, rsrp, rsrq }: NetworkState): Cell {
  const known = { mcc, mnc, tac, cell, rsrp: dbm(rsrp), rsrq: db(rsrq) };
  return { kind: 'serving', technology: 'LTE', ...known, pci: PCI, rxlev: RXLEV, earfcn: EARFCN, snr: SNR };
}

/** TS 27.007 8.69: a step is 1 dB from -140 dBm on. */
function dbm(rsrp: number): number {
  return rsrp - 141;
}

/** TS 27.007 8.69: a step is half a dB from -19.5 dB on. */
function db(rsrq: number): number {
  return Math.round((rsrq - 40) / 2);
}
