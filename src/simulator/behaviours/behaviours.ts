import { COMMAND_LIST } from '../../at/commands/control.js';
import { testForm } from '../../at/commands/test-form.js';
import { attention, basic, echo, errorReporting } from './basic.js';
import { answering, type Behaviour } from './behaviour.js';
import { clock, identity, power, sim } from './identity.js';
import { close, config, connect, disconnect, open, publish, read, subscribe } from './mqtt.js';
import { registration, signal } from './network.js';

const DOING: readonly Behaviour[] = [
  attention,
  echo,
  ...basic,
  ...errorReporting,
  ...identity,
  ...sim,
  ...registration,
  ...signal,
  clock,
  ...power,
  ...config,
  open,
  ...connect,
  subscribe,
  publish,
  read,
  disconnect,
  close,
];

const NAMES = [...new Set([...DOING.map(({ name }) => name), COMMAND_LIST.name])].filter(
  (name) => name !== 'AT',
);

/**
 * Of every extended command: what the declarations know. Without that, as for the vendor's commands, whose answers are
 * not known [A], `OK` says that there is such a command.
 */
const TESTS = NAMES.filter((name) => name.startsWith('+')).map((name) =>
  answering(testForm(name, DOING.find((one) => one.name === name && one.ranges !== undefined)?.ranges), {
    answer: () => null,
  }),
);

/** Everything that the module can do. */
export const BEHAVIOURS: readonly Behaviour[] = [
  ...DOING,
  answering(COMMAND_LIST, { answer: () => NAMES }),
  ...TESTS,
];
