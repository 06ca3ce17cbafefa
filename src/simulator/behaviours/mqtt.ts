import { signedLogin } from '../../cloud/aliyun/wire/login.js';
import {
  CLOSE_RESULTS,
  CONNECT_RESULTS,
  EXTEND_OK,
  MESSAGE_REASONS,
  OPEN_REASONS,
  OPEN_RESULTS,
  PUBLISH_RESULTS,
  RETURN_CODES,
  SUBSCRIBE_RESULTS,
} from '../../dialects/lmqtt/codes.js';
import {
  CLOSE,
  CONFIG,
  CONFIG_QUERY,
  CONNECT,
  CONNECT_STATE,
  type ConnectRequest,
  DISCONNECT,
  OPEN,
} from '../../dialects/lmqtt/connection-commands.js';
import { CONNECTION_ID } from '../../dialects/lmqtt/limits.js';
import {
  PUBLISH,
  type PublishRequest,
  READ,
  SUBSCRIBE_UNSUBSCRIBE,
  type SubscribeRequest,
} from '../../dialects/lmqtt/message-commands.js';
import type { Message } from '../../dialects/lmqtt/messages.js';
import { maxHexPayload } from '../../dialects/lmqtt/profiles.js';
import {
  MISSPELT_UNSUBSCRIBE_RESULT,
  type SubscribeResult,
  type SubscribeResultName,
} from '../../dialects/lmqtt/results.js';
import { CLOUD_ALIBABA, codecOf, type SettingValues } from '../../dialects/lmqtt/settings.js';
import type { ForcedResult } from '../faults/fault.js';
import type { ModuleContext } from '../module-context.js';
import type { SessionOptions } from '../mqtt/session.js';
import { mustPrecedeOpen, type Settings } from '../mqtt/settings.js';
import { answering, type Refusal, starting } from './behaviour.js';

/** TS 27.007 9.2.1. */
const NOT_ALLOWED = 3;
const NO_SIM = 10;
const NOT_FOUND = 22;
const INCORRECT_PARAMETERS = 50;

/** `<tcpconnectID>` is 0 to 4, but only 0 is served: lmqtt.md 1 [M]; how another is refused is not known [A]. */
function foreignConnection(id: number): Refusal | undefined {
  return id === CONNECTION_ID ? undefined : 'ERROR';
}

/** Without a session: `+CME ERROR: 3` [A, as for a publish that is refused, M]. */
function withoutSession({ stack }: ModuleContext): Refusal | undefined {
  return stack.session === undefined ? NOT_ALLOWED : undefined;
}

/** Without a SIM: `+CME ERROR: 10` [M]. */
export function withoutSim({ network }: ModuleContext): Refusal | undefined {
  return network.sim === 'absent' ? NO_SIM : undefined;
}

/** `LMQTTCFG`: lmqtt.md 2 [M]. A setting that comes too late is refused with `+CME ERROR: 3` [A]. */
export const config = [
  answering(CONFIG, {
    refuse: ({ stack, faults }, setting) => {
      const { id, key } = setting;
      const values = codecOf(key).format(setting);
      if (faults.ask((fault) => fault.refusesSetting?.(key, values))) return 'ERROR';
      if (mustPrecedeOpen(key) && stack.state !== 'closed') return NOT_ALLOWED;
      return foreignConnection(id);
    },
    answer: ({ settings, faults }, { id: _, ...values }) => {
      settings.write(faults.ask((fault) => fault.stores?.(values)) ?? values);
      return null;
    },
  }),
  answering(CONFIG_QUERY, {
    refuse: ({ settings, faults }, { id, key }) =>
      settings.find(key) === undefined || faults.ask((fault) => fault.refusesQuery?.(key))
        ? 'ERROR'
        : foreignConnection(id),
    // Without values it has been refused.
    answer: ({ settings }, { key }) => settings.find(key) as SettingValues,
  }),
];

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

/** No CONNACK came [A]. */
const SEND_FAILED = {
  result: CONNECT_RESULTS.SEND_FAILED.value,
  returnCode: RETURN_CODES.SEND_FAILED.value,
};

/**
 * `LMQTTCONN`: MQTT CONNECT; lmqtt.md 3 [M]. Without an open connection, or twice: `+CME ERROR: 3` [A].
 */
export const connect = [
  starting(CONNECT, {
    refuse: ({ stack }, { id }) =>
      foreignConnection(id) ?? (stack.state === 'open' ? undefined : NOT_ALLOWED),
    start: ({ stack, settings, faults }, args, report) => {
      const { id } = args;
      const returnCode = faults.ask((fault) => fault.connectRefusal?.());
      if (returnCode !== undefined) {
        report({ id, result: CONNECT_RESULTS.ACKNOWLEDGED.value, returnCode });
        return;
      }
      stack.connect(sessionOptions(args, settings), (outcome) => {
        if (outcome === 'failed') report({ id, ...SEND_FAILED });
        else report({ id, result: CONNECT_RESULTS.ACKNOWLEDGED.value, ...outcome });
      });
    },
  }),
  answering(CONNECT_STATE, { answer: ({ stack }) => ({ id: CONNECTION_ID, state: stack.connectState }) }),
];

function sessionOptions(request: ConnectRequest, settings: Settings): SessionOptions {
  const { will } = settings.get('will');
  return {
    ...login(request, settings),
    keepalive: settings.get('keepalive').seconds,
    clean: settings.get('session').clean,
    protocolVersion: settings.get('version').version,
    will: will === null ? undefined : { ...will, payload: Buffer.from(will.message) },
  };
}

/**
 * With a triple the module signs: `<cid>` from LMQTTCONN, hmacsha1, no timestamp [C]; securemode follows `sslenable`
 * [A], and user name and password of LMQTTCONN are ignored [A]. With `cloud` but no triple, LMQTTCONN goes out as it is
 * [A]: the cloud refuses it.
 */
function login(
  { clientId, username, password }: ConnectRequest,
  settings: Settings,
): Pick<SessionOptions, 'clientId' | 'username' | 'password'> {
  const triple = settings.find('aliauth');
  if (triple === undefined || settings.get('cloud').type !== CLOUD_ALIBABA) {
    return { clientId, username, password };
  }
  const secureMode = settings.get('sslenable').enabled ? 2 : 3;
  return signedLogin(triple, { cid: clientId, method: 'hmacsha1', secureMode });
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
export const subscribe = starting(SUBSCRIBE_UNSUBSCRIBE, {
  refuse: (module, { id }) => foreignConnection(id) ?? withoutSession(module),
  start: (module, { id, messageId, action, topics }, report) => {
    const tell = (outcome: Outcome): void =>
      report({ id, messageId, ...outcome, name: resultName(module, action) });
    const settle = (done: boolean): void => tell(done ? DONE[action] : SUBSCRIBE_FAILED);
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

const SENT: ForcedResult = { result: PUBLISH_RESULTS.SENT.value };
const PUBLISH_FAILED: ForcedResult = { result: PUBLISH_RESULTS.FAILED.value };

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
    if (session === undefined) return tell(PUBLISH_FAILED);
    session.publish(message, (done) => tell(forced ?? (done ? SENT : PUBLISH_FAILED)));
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

/** `LMQTTREAD`: lmqtt.md 6 [A]; what does not wait is answered with `+CME ERROR: 22` [A]. */
export const read = answering(READ, {
  refuse: ({ downlinks }, { id, messageId }) =>
    foreignConnection(id) ?? (downlinks.has(messageId) ? undefined : NOT_FOUND),
  // What does not wait has been refused.
  answer: ({ downlinks }, { messageId }) => downlinks.take(messageId) as Message,
});

/** `LMQTTDISC`: MQTT DISCONNECT; lmqtt.md 3 [M]. `ERROR` without a session [C]. */
export const disconnect = starting(DISCONNECT, {
  refuse: ({ stack }, { id }) => foreignConnection(id) ?? (stack.session === undefined ? 'ERROR' : undefined),
  start: ({ stack }, { id }, report) =>
    stack.disconnect(() => report({ id, result: CLOSE_RESULTS.DONE.value })),
});

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
