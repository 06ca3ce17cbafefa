import { COMMAND_LIST } from '../../../at/commands/control.js';
import { testForm } from '../../../at/commands/test-form.js';
import { attention, basic, echo, errorReporting } from './basic.js';
import { answering, type Behaviour } from './behaviour.js';
import { clock, identity, power, sim } from './identity.js';
import { registration, signal } from './network.js';

/** What every module can do. */
const GENERAL: readonly Behaviour[] = [
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
];

/** Everything that a module can do that has these commands of its own. */
export function withGeneral(own: readonly Behaviour[]): readonly Behaviour[] {
  const doing = [...GENERAL, ...own];
  const all = new Set([...doing.map(({ name }) => name), COMMAND_LIST.name]);
  all.delete('AT');
  const names = [...all];
  return [...doing, answering(COMMAND_LIST, { answer: () => names }), ...testForms(names, doing)];
}

/**
 * Of every extended command: what the declarations know. Without that, as for the vendor's commands, whose answers are
 * not known [A], `OK` says that there is such a command.
 */
function testForms(names: readonly string[], doing: readonly Behaviour[]): Behaviour[] {
  return names
    .filter((name) => name.startsWith('+'))
    .map((name) => {
      const ranges = doing.find((one) => one.name === name && one.ranges !== undefined)?.ranges;
      return answering(testForm(name, ranges), { answer: () => null });
    });
}
