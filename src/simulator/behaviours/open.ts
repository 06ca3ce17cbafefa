import { OPEN_REASONS, OPEN_RESULTS } from '../../dialects/lmqtt/codes.js';
import { OPEN } from '../../dialects/lmqtt/connection-commands.js';
import type { ModuleContext } from '../module-context.js';
import { starting } from './behaviour.js';
import { foreignConnection } from './refusals.js';

/** `LMQTTOPEN`: TCP or TLS to the broker; lmqtt.md 3 [M]. */
export const open = starting(OPEN, {
  refuse: (_module, { id }) => foreignConnection(id),
  start: async (module, { id, host, port }, report) => {
    const extend =
      obstacle(module) ?? (await module.stack.open(host, port, module.settings.get('sslenable').enabled));
    if (extend === undefined) report({ id, result: OPEN_RESULTS.OPENED.value });
    else if (extend !== 'superseded') report({ id, result: OPEN_RESULTS.FAILED.value, extend });
  },
});

/** What is in the way before anything is tried. No registration is reported as no PDP context [A]. */
function obstacle({ faults, registered }: ModuleContext): number | undefined {
  return faults.ask((fault) => fault.openFailure?.()) ?? (registered ? undefined : OPEN_REASONS.PDP.value);
}
