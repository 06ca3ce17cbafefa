import { SET_BAUD_RATE } from '../../at/commands/basic.js';
import { CLOCK } from '../../at/commands/clock.js';
import { FUNCTIONALITY, SET_FUNCTIONALITY, SIM_STATE } from '../../at/commands/control.js';
import {
  GENERIC_MANUFACTURER,
  GENERIC_MODEL,
  GENERIC_REVISION,
  GENERIC_SERIAL_NUMBER,
  IMEI,
  IMSI,
  MANUFACTURER,
  MODEL,
  NUMBERED_SERIAL_NUMBER,
  REVISION,
  SERIAL_NUMBER,
} from '../../at/commands/identity.js';
import { FIRMWARE, ICCID, POWER_OFF, SELECT_SIM_SLOT, SIM_SLOT } from '../../at/commands/lierda.js';
import { answering } from './behaviour.js';
import { withoutSim } from './mqtt.js';

export const identity = [
  ...[MANUFACTURER, GENERIC_MANUFACTURER].map((command) =>
    answering(command, { answer: (module) => module.identity.manufacturer }),
  ),
  ...[MODEL, GENERIC_MODEL].map((command) =>
    answering(command, { answer: (module) => module.identity.model }),
  ),
  ...[REVISION, GENERIC_REVISION].map((command) =>
    answering(command, { answer: (module) => module.identity.revision }),
  ),
  answering(FIRMWARE, { answer: (module) => module.identity.firmware }),
  answering(IMEI, { answer: (module) => module.identity.imei }),
  ...[SERIAL_NUMBER, NUMBERED_SERIAL_NUMBER, GENERIC_SERIAL_NUMBER].map((command) =>
    answering(command, { answer: (module) => module.identity.imei }),
  ),
  answering(IMSI, { refuse: withoutSim, answer: (module) => module.identity.imsi }),
  answering(ICCID, { refuse: withoutSim, answer: (module) => module.identity.iccid }),
];

export const sim = [
  answering(SIM_STATE, {
    refuse: withoutSim,
    answer: ({ network }) => (network.sim === 'ready' ? 'READY' : 'SIM PIN'),
  }),
  answering(SIM_SLOT, { answer: ({ registers }) => ({ slot: registers.simSlot }) }),
  answering(SELECT_SIM_SLOT, {
    answer: ({ registers }, { slot }) => {
      registers.simSlot = slot;
      return null;
    },
  }),
];

/** Local time of China in quarter hours, where these modules live. */
const ZONE = 32;

export const clock = answering(CLOCK, {
  answer: () => {
    const local = new Date(Date.now() + ZONE * 15 * 60_000);
    return {
      year: local.getUTCFullYear() % 100,
      month: local.getUTCMonth() + 1,
      day: local.getUTCDate(),
      hour: local.getUTCHours(),
      minute: local.getUTCMinutes(),
      second: local.getUTCSeconds(),
      zone: ZONE,
    };
  },
});

export const power = [
  answering(SET_FUNCTIONALITY, {
    answer: ({ registers }, { level }) => {
      registers.functionality = level;
      return null;
    },
    // TS 27.007 8.2: the reset comes before the level is set.
    afterwards: (module, { level, reset = false }) => (reset ? module.restart(level) : module.radioChanged()),
  }),
  answering(FUNCTIONALITY, { answer: ({ registers }) => ({ level: registers.functionality }) }),
  answering(POWER_OFF, { answer: () => null, afterwards: (module) => module.powerOff() }),
  // Pacing is a setting of the simulation, as no TE here could follow a change of rate.
  answering(SET_BAUD_RATE, { answer: () => null }),
];
