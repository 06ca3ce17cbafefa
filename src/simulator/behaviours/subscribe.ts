import { EXTEND_OK, MESSAGE_REASONS, SUBSCRIBE_RESULTS } from '../../dialects/lmqtt/codes.js';
import { SUBSCRIBE_UNSUBSCRIBE, type SubscribeRequest } from '../../dialects/lmqtt/message-commands.js';
import {
  MISSPELT_UNSUBSCRIBE_RESULT,
  type SubscribeResult,
  type SubscribeResultName,
} from '../../dialects/lmqtt/results.js';
import type { ModuleContext } from '../module-context.js';
import { starting } from './behaviour.js';
import { foreignConnection, withoutSession } from './refusals.js';

type Outcome = Pick<SubscribeResult, 'result' | 'extend'>;

const FAILED: Outcome = {
  result: SUBSCRIBE_RESULTS.FAILED.value,
  extend: MESSAGE_REASONS.SEND_FAILED.value,
};

/** `0,1` after a subscription [T], `0` after an unsubscription [M]. */
const DONE: Readonly<Record<SubscribeRequest['action'], Outcome>> = {
  subscribe: { result: SUBSCRIBE_RESULTS.DONE.value, extend: EXTEND_OK },
  unsubscribe: { result: SUBSCRIBE_RESULTS.DONE.value },
};

/** `LMQTTSUBUNSUB`: lmqtt.md 4 [M]. */
export const subscribe = starting(SUBSCRIBE_UNSUBSCRIBE, {
  refuse: (module, { id }) => foreignConnection(id) ?? withoutSession(module),
  start: (module, { id, messageId, action, topics }, report) => {
    const tell = (outcome: Outcome): void =>
      report({ id, messageId, ...outcome, name: resultName(module, action) });
    const settle = (done: boolean): void => tell(done ? DONE[action] : FAILED);
    const forced = module.faults.ask((fault) => fault.subscribeResult?.());
    const { session } = module.stack;
    if (forced !== undefined) tell(forced);
    else if (session === undefined) settle(false);
    else if (action === 'subscribe') session.subscribe(topics, settle);
    else
      session.unsubscribe(
        topics.map(({ topic }) => topic),
        settle,
      );
  },
});

function resultName(
  { profile, faults }: ModuleContext,
  action: SubscribeRequest['action'],
): SubscribeResultName {
  if (action === 'subscribe') return '+LMQTTSUBUNSUB';
  const misspelt = faults.ask((fault) => fault.misspelsUnsubscribe) === true;
  return misspelt ? MISSPELT_UNSUBSCRIBE_RESULT : profile.unsubscribeResultName;
}
