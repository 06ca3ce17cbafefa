import type { Cell } from '../../../modem/module-kind.js';
import { answering, type Behaviour } from '../../../simulator/module/behaviours/behaviour.js';
import { withoutSim } from '../../../simulator/module/behaviours/identity.js';
import type { NetworkState } from '../../../simulator/module/network.js';
import { CELLS, FIRMWARE, ICCID, POWER_OFF, SELECT_SIM_SLOT, SIM_SLOT } from '../vendor-commands.js';

/** Lierda's own commands that are not for MQTT: lmqtt.md 7. */
export function vendorBehaviours(): readonly Behaviour[] {
  let slot: 1 | 2 = 1;
  return [
    answering(FIRMWARE, { answer: (module) => module.identity.firmware }),
    answering(ICCID, { refuse: withoutSim, answer: (module) => module.identity.iccid }),
    answering(SIM_SLOT, { answer: () => ({ slot }) }),
    answering(SELECT_SIM_SLOT, {
      answer: (_module, selected) => {
        slot = selected.slot;
        return null;
      },
    }),
    answering(CELLS, { answer: ({ registered, network }) => (registered ? [servingCell(network)] : []) }),
    answering(POWER_OFF, { answer: () => null, afterwards: (module) => module.powerOff() }),
  ];
}

/** What the module hears of no cell is made up. */
const MADE_UP = { pci: 219, rxlev: 42, earfcn: 1650, snr: 12 };

function servingCell({ mcc, mnc, tac, cell, rsrp, rsrq }: NetworkState): Cell {
  const known = { mcc, mnc, tac, cell, rsrp: dbm(rsrp), rsrq: db(rsrq) };
  return { kind: 'serving', technology: 'LTE', ...known, ...MADE_UP };
}

/** TS 27.007 8.69: a step is 1 dB from -140 dBm on. */
function dbm(rsrp: number): number {
  return rsrp - 141;
}

/** TS 27.007 8.69: a step is half a dB from -19.5 dB on. */
function db(rsrq: number): number {
  return Math.round((rsrq - 40) / 2);
}
