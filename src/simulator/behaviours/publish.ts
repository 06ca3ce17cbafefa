import { PUBLISH_RESULTS } from '../../dialects/lmqtt/codes.js';
import { PUBLISH, type PublishRequest } from '../../dialects/lmqtt/message-commands.js';
import { maxHexPayload } from '../../dialects/lmqtt/profiles.js';
import type { ForcedResult } from '../faults/fault.js';
import type { ModuleContext } from '../module-context.js';
import { type Refusal, starting } from './behaviour.js';
import { foreignConnection, INCORRECT_PARAMETERS, NOT_ALLOWED, withoutSession } from './refusals.js';

const SENT: ForcedResult = { result: PUBLISH_RESULTS.SENT.value };
const FAILED: ForcedResult = { result: PUBLISH_RESULTS.FAILED.value };

/** `LMQTTPUB`: lmqtt.md 5 [M]. */
export const publish = starting(PUBLISH, {
  refuse: (module, args) => foreignConnection(args.id) ?? withoutSession(module) ?? refusal(module, args),
  start: (module, { id, messageId, ...message }, report) => {
    const tell = (outcome: ForcedResult): void =>
      module.after(module.faults.ask((fault) => fault.publishDelay?.()) ?? 0, () =>
        report({ id, messageId, ...outcome }),
      );
    const forced = module.faults.ask((fault) => fault.publishResult?.());
    const { session } = module.stack;
    if (forced !== undefined && forced.result !== PUBLISH_RESULTS.BAD_ACKNOWLEDGEMENT.value)
      return tell(forced);
    if (session === undefined) return tell(FAILED);
    session.publish(message, (done) => tell(forced ?? (done ? SENT : FAILED)));
    module.published(message.topic, message.payload);
  },
});

/** Busy is `+CME ERROR: 3` [M]; what does not fit is `+CME ERROR: 50` [A]. */
function refusal(module: ModuleContext, args: PublishRequest): Refusal | undefined {
  const inFlight = module.pending.count(PUBLISH.name);
  if (module.faults.ask((fault) => fault.refusesPublish?.(inFlight))) return NOT_ALLOWED;
  return fits(module, args) ? undefined : INCORRECT_PARAMETERS;
}

/** Whether the profile and `send/mode` allow it: lmqtt.md 5 [M]; data mode is raw in any mode [A]. */
function fits(
  { profile, settings }: ModuleContext,
  { qos, messageId, form, payload, length }: PublishRequest,
): boolean {
  if (qos === 0 && messageId !== 0 && profile.zeroMessageIdForQos0) return false;
  if (form === 'data') return (length ?? payload.length) <= profile.payloadLimit;
  const hex = settings.get('send/mode').format !== 0;
  if (form === 'hex') return hex && payload.length <= maxHexPayload(profile.inlineLimit);
  // Without a byte, text and hex are the same.
  return payload.length <= profile.inlineLimit && (!hex || payload.length === 0);
}
