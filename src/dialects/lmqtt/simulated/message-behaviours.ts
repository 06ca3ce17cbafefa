import {
  answering,
  type Behaviour,
  type Refusal,
  starting,
} from '../../../simulator/module/behaviours/behaviour.js';
import { EXTEND_OK, MESSAGE_REASONS, PUBLISH_RESULTS, SUBSCRIBE_RESULTS } from '../codes.js';
import {
  PUBLISH,
  type PublishRequest,
  READ,
  SUBSCRIBE_UNSUBSCRIBE,
  type SubscribeRequest,
} from '../message-commands.js';
import type { Message } from '../messages.js';
import { maxHexPayload } from '../profiles.js';
import { MISSPELT_UNSUBSCRIBE_RESULT, type SubscribeResult, type SubscribeResultName } from '../results.js';
import type { ForcedResult } from './faults.js';
import {
  foreignConnection,
  INCORRECT_PARAMETERS,
  type LmqttModule,
  NOT_ALLOWED,
  NOT_FOUND,
  withoutSession,
} from './lmqtt-module.js';

/** Subscriptions, publishes and what waits to be fetched: lmqtt.md 4 to 6. */
export function messageBehaviours(lmqtt: LmqttModule): readonly Behaviour[] {
  return [subscribe(lmqtt), publish(lmqtt), read(lmqtt)];
}

type Outcome = Pick<SubscribeResult, 'result' | 'extend'>;

const SUBSCRIBE_FAILED: Outcome = {
  result: SUBSCRIBE_RESULTS.FAILED.value,
  extend: MESSAGE_REASONS.SEND_FAILED.value,
};

/** `0,1` after a subscription [T], `0` after an unsubscription [M]. */
const DONE: Readonly<Record<SubscribeRequest['action'], Outcome>> = {
  subscribe: { result: SUBSCRIBE_RESULTS.DONE.value, extend: EXTEND_OK },
  unsubscribe: { result: SUBSCRIBE_RESULTS.DONE.value },
};

/** `LMQTTSUBUNSUB`: lmqtt.md 4 [M]. */
function subscribe(lmqtt: LmqttModule): Behaviour {
  return starting(SUBSCRIBE_UNSUBSCRIBE, {
    refuse: (_module, { id }) => foreignConnection(id) ?? withoutSession(lmqtt),
    start: ({ stack: { session } }, { id, messageId, action, topics }, report) => {
      const tell = (outcome: Outcome): void =>
        report({ id, messageId, ...outcome, name: resultName(lmqtt, action) });
      const settle = (done: boolean): void => tell(done ? DONE[action] : SUBSCRIBE_FAILED);
      const forced = lmqtt.ask((fault) => fault.subscribeResult?.());
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
}

function resultName({ profile, ask }: LmqttModule, action: SubscribeRequest['action']): SubscribeResultName {
  if (action === 'subscribe') return '+LMQTTSUBUNSUB';
  const misspelt = ask((fault) => fault.misspelsUnsubscribe) === true;
  return misspelt ? MISSPELT_UNSUBSCRIBE_RESULT : profile.unsubscribeResultName;
}

const SENT: ForcedResult = { result: PUBLISH_RESULTS.SENT.value };
const PUBLISH_FAILED: ForcedResult = { result: PUBLISH_RESULTS.FAILED.value };

/** `LMQTTPUB`: lmqtt.md 5 [M]. */
function publish(lmqtt: LmqttModule): Behaviour {
  const { ask } = lmqtt;
  return starting(PUBLISH, {
    refuse: (_module, args) => foreignConnection(args.id) ?? withoutSession(lmqtt) ?? refusal(lmqtt, args),
    start: (module, { id, messageId, ...message }, report) => {
      const tell = (outcome: ForcedResult): void =>
        module.after(ask((fault) => fault.publishDelay?.()) ?? 0, () =>
          report({ id, messageId, ...outcome }),
        );
      const forced = ask((fault) => fault.publishResult?.());
      const { session } = module.stack;
      if (forced !== undefined && forced.result !== PUBLISH_RESULTS.BAD_ACKNOWLEDGEMENT.value)
        return tell(forced);
      if (session === undefined) return tell(PUBLISH_FAILED);
      session.publish(message, (done) => tell(forced ?? (done ? SENT : PUBLISH_FAILED)));
      module.published(message.topic, message.payload);
    },
  });
}

/** Busy is `+CME ERROR: 3` [M]; what does not fit is `+CME ERROR: 50` [A]. */
function refusal(lmqtt: LmqttModule, args: PublishRequest): Refusal | undefined {
  const inFlight = lmqtt.module.pending.count(PUBLISH.name);
  if (lmqtt.ask((fault) => fault.refusesPublish?.(inFlight))) return NOT_ALLOWED;
  return fits(lmqtt, args) ? undefined : INCORRECT_PARAMETERS;
}

/** Whether the profile and `send/mode` allow it: lmqtt.md 5 [M]; data mode is raw in any mode [A]. */
function fits(
  { profile, settings }: LmqttModule,
  { qos, messageId, form, payload, length }: PublishRequest,
): boolean {
  if (qos === 0 && messageId !== 0 && profile.zeroMessageIdForQos0) return false;
  if (form === 'data') return (length ?? payload.length) <= profile.payloadLimit;
  const hex = settings.get('send/mode').format !== 0;
  if (form === 'hex') return hex && payload.length <= maxHexPayload(profile.inlineLimit);
  // Without a byte, text and hex are the same.
  return payload.length <= profile.inlineLimit && (!hex || payload.length === 0);
}

/** `LMQTTREAD`: lmqtt.md 6 [A]; what does not wait is answered with `+CME ERROR: 22` [A]. */
function read({ downlinks }: LmqttModule): Behaviour {
  return answering(READ, {
    refuse: (_module, { id, messageId }) =>
      foreignConnection(id) ?? (downlinks.has(messageId) ? undefined : NOT_FOUND),
    // What does not wait has been refused.
    answer: (_module, { messageId }) => downlinks.take(messageId) as Message,
  });
}
