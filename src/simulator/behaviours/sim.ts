import { SIM_STATE } from '../../at/commands/control.js';
import { SELECT_SIM_SLOT, SIM_SLOT } from '../../at/commands/lierda.js';
import { answering } from './behaviour.js';
import { withoutSim } from './refusals.js';

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
