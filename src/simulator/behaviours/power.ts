import { SET_BAUD_RATE } from '../../at/commands/basic.js';
import { FUNCTIONALITY, SET_FUNCTIONALITY } from '../../at/commands/control.js';
import { POWER_OFF } from '../../at/commands/lierda.js';
import { answering } from './behaviour.js';

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
