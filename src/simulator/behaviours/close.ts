import { CLOSE_RESULTS } from '../../dialects/lmqtt/codes.js';
import { CLOSE } from '../../dialects/lmqtt/connection-commands.js';
import { starting } from './behaviour.js';
import { foreignConnection } from './refusals.js';

/** `LMQTTCLOSE`: lmqtt.md 3 [M]; every setting dies with it [T]. `ERROR` when nothing is open [C]. */
export const close = starting(CLOSE, {
  refuse: ({ stack }, { id }) => foreignConnection(id) ?? (stack.state === 'closed' ? 'ERROR' : undefined),
  start: ({ stack, settings, downlinks }, { id }, report) => {
    stack.close();
    // With the settings that it forgets: one of them says whether results are sent.
    report({ id, result: CLOSE_RESULTS.DONE.value });
    settings.forget();
    downlinks.clear();
  },
});
