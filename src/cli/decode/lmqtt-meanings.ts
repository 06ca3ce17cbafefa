import { EXTEND_OK } from '../../dialects/lmqtt/codes/message-codes.js';
import { CLOSE } from '../../dialects/lmqtt/commands/close.js';
import { CONFIG } from '../../dialects/lmqtt/commands/config.js';
import { CONFIG_QUERY } from '../../dialects/lmqtt/commands/config-query.js';
import { CONNECT } from '../../dialects/lmqtt/commands/connect.js';
import { CONNECT_STATE, type ConnectState } from '../../dialects/lmqtt/commands/connect-state.js';
import { DISCONNECT } from '../../dialects/lmqtt/commands/disconnect.js';
import { OPEN } from '../../dialects/lmqtt/commands/open.js';
import { PUBLISH } from '../../dialects/lmqtt/commands/publish.js';
import type { PublishRequest } from '../../dialects/lmqtt/commands/publish-line.js';
import { READ } from '../../dialects/lmqtt/commands/read.js';
import { SUBSCRIBE_UNSUBSCRIBE, type SubscribeRequest } from '../../dialects/lmqtt/commands/subscribe.js';
import {
  closeFailure,
  connectFailure,
  disconnectFailure,
  openFailure,
  publishFailure,
  subscribeFailure,
  unsubscribeFailure,
} from '../../dialects/lmqtt/failures.js';
import type { MessageResult } from '../../dialects/lmqtt/urcs/message-result.js';
import { type Meaning, meaningOf } from './meaning.js';
import { messageWords, payloadWords } from './message-words.js';
import { settingWords } from './setting-words.js';

const STATES: Readonly<Record<ConnectState, string>> = {
  1: 'initialising, no session',
  2: 'connecting',
  3: 'connected',
  4: 'disconnecting',
};

/** The commands of lmqtt.md 2 to 6. */
export const LMQTT_MEANINGS: readonly Meaning[] = [
  meaningOf(CONFIG, { asks: settingWords }),
  meaningOf(CONFIG_QUERY, { asks: ({ key }) => `what is ${key} set to?`, answers: settingWords }),
  meaningOf(OPEN, {
    asks: ({ host, port }) => `open a connection to ${host}:${port}`,
    answers: (result) => openFailure(result)?.message ?? 'the connection is open',
  }),
  meaningOf(CONNECT_STATE, { asks: () => 'state of the session?', answers: ({ state }) => STATES[state] }),
  meaningOf(CONNECT, {
    asks: ({ clientId, username }) =>
      `connect as ${clientId}${username === undefined ? '' : `, user ${username}`}`,
    answers: (result) => connectFailure(result)?.message ?? 'connected: the broker accepted the session',
  }),
  meaningOf(SUBSCRIBE_UNSUBSCRIBE, {
    asks: ({ action, topics }) =>
      `${action} ${topics.map(({ topic, qos }) => (action === 'subscribe' ? `${topic} (QoS ${qos})` : topic)).join(', ')}`,
    answers: subscribeWords,
  }),
  meaningOf(PUBLISH, { asks: publishWords, answers: publishedWords }),
  meaningOf(READ, { asks: ({ messageId }) => `fetch message ${messageId}`, answers: messageWords }),
  meaningOf(DISCONNECT, {
    asks: () => 'disconnect',
    answers: (result) => disconnectFailure(result)?.message ?? 'disconnected',
  }),
  meaningOf(CLOSE, {
    asks: () => 'close the connection, forget all settings',
    answers: (result) => closeFailure(result)?.message ?? 'closed, all settings are forgotten',
  }),
];

function publishWords({ topic, qos, retain, payload, form, length }: PublishRequest): string {
  const head = `publish to ${topic}, QoS ${qos}${retain ? ', retained' : ''}`;
  return `${head}: ${form === 'data' ? `${length ?? payload.length} bytes follow` : payloadWords(payload)}`;
}

function publishedWords(result: MessageResult, request: PublishRequest | undefined): string {
  const sent = { 0: 'sent', 1: 'sent and acknowledged', 2: 'sent and acknowledged' };
  const done = request === undefined ? 'sent, and acknowledged if its QoS is above 0' : sent[request.qos];
  return `message ${result.messageId}: ${publishFailure(withoutOk(result))?.message ?? done}`;
}

function subscribeWords(
  result: { readonly result: number; readonly extend?: number },
  request: SubscribeRequest | undefined,
): string {
  const failure = request?.action === 'unsubscribe' ? unsubscribeFailure : subscribeFailure;
  return failure(withoutOk(result))?.message ?? (request === undefined ? 'done' : `${request.action}d`);
}

/** `<extend>` 1 says that nothing is wrong: lmqtt.md 4 [T]. */
function withoutOk<T extends { readonly extend?: number }>(result: T): T {
  const { extend, ...rest } = result;
  return extend === EXTEND_OK ? (rest as T) : result;
}
