import { SET_BAUD_RATE } from '../../../at/commands/basic.js';
import { CLOCK } from '../../../at/commands/clock.js';
import { FUNCTIONALITY, SET_FUNCTIONALITY, SIM_STATE } from '../../../at/commands/control.js';
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
} from '../../../at/commands/identity.js';
import type { ModuleContext } from '../module-context.js';
import { answering, type Refusal } from './behaviour.js';

/** TS 27.007 9.2.1. */
const NO_SIM = 10;

/** Without a SIM: `+CME ERROR: 10` [M]. */
export function withoutSim({ network }: ModuleContext): Refusal | undefined {
  return network.sim === 'absent' ? NO_SIM : undefined;
}

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
  answering(IMEI, { answer: (module) => module.identity.imei }),
  ...[SERIAL_NUMBER, NUMBERED_SERIAL_NUMBER, GENERIC_SERIAL_NUMBER].map((command) =>
    answering(command, { answer: (module) => module.identity.imei }),
  ),
  answering(IMSI, { refuse: withoutSim, answer: (module) => module.identity.imsi }),
];

export const sim = [
  answering(SIM_STATE, {
    refuse: withoutSim,
    answer: ({ network }) => (network.sim === 'ready' ? 'READY' : 'SIM PIN'),
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
  // Pacing is a setting of the simulation, as no TE here could follow a change of rate.
  answering(SET_BAUD_RATE, { answer: () => null }),
];
