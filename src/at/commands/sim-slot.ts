import { checkOneOf } from '../checks.js';
import { fixedRequest, NO_INFORMATION, type Nothing, type OneStageCommand } from '../command.js';
import { integersOf } from '../parameters.js';
import { oneLine } from './information.js';
import { DEFAULT_LIMITS, RADIO_LIMITS } from './limits.js';
import { setParameters } from './set-request.js';

const SLOTS = [1, 2] as const;

export interface SimSlot {
  readonly slot: (typeof SLOTS)[number];
}

/** `AT+LUIMSLOT?` → `+LUIMSLOT: <slot>`. lmqtt.md 7 [C for the command, A for the shape of the answer]. */
export const SIM_SLOT: OneStageCommand<Nothing, SimSlot> = {
  name: '+LUIMSLOT',
  form: 'read',
  request: fixedRequest('AT+LUIMSLOT?'),
  response: oneLine<SimSlot>('+LUIMSLOT', {
    parse: (parameters) => toSlot(integersOf(parameters)),
    format: ({ slot }) => String(slot),
  }),
  limits: DEFAULT_LIMITS,
  abortable: false,
};

/** `AT+LUIMSLOT=<slot>`, between `AT+CFUN=0` and `AT+CFUN=1`. lmqtt.md 7 [C]. */
export const SELECT_SIM_SLOT: OneStageCommand<SimSlot, Nothing> = {
  name: '+LUIMSLOT',
  form: 'set',
  request: {
    format: ({ slot }) => `AT+LUIMSLOT=${checkOneOf('slot', slot, SLOTS)}`,
    parse: (line) => toSlot(integersOf(setParameters(line, '+LUIMSLOT'))),
  },
  response: NO_INFORMATION,
  limits: RADIO_LIMITS,
  abortable: false,
};

function toSlot(numbers: readonly number[] | undefined): SimSlot | undefined {
  const slot = SLOTS.find((known) => known === numbers?.[0]);
  return slot === undefined || numbers?.length !== 1 ? undefined : { slot };
}
