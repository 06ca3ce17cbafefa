import { CLOSE_RESULTS } from '../../dialects/lmqtt/codes.js';
import { DISCONNECT } from '../../dialects/lmqtt/connection-commands.js';
import { starting } from './behaviour.js';
import { foreignConnection } from './refusals.js';

/** `LMQTTDISC`: MQTT DISCONNECT; lmqtt.md 3 [M]. `ERROR` without a session [C]. */
export const disconnect = starting(DISCONNECT, {
  refuse: ({ stack }, { id }) => foreignConnection(id) ?? (stack.session === undefined ? 'ERROR' : undefined),
  start: ({ stack }, { id }, report) =>
    stack.disconnect(() => report({ id, result: CLOSE_RESULTS.DONE.value })),
});
