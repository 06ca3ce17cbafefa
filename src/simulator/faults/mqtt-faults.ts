import { checkOneOf } from '../../at/checks.js';
import { OPEN_REASONS } from '../../dialects/lmqtt/codes.js';
import { isNoTriple, type SettingValues } from '../../dialects/lmqtt/settings.js';
import { integerArgument, textArgument, times } from './argument.js';
import type { FaultDefinition, ForcedResult } from './fault.js';

const FIELDS = { secret: 'deviceSecret', name: 'deviceName' } as const;

/** `<extend>` 6, send failed: lmqtt.md 5 [M]; seen beside result 1, left out beside result 2 [M]. */
const RESULTS: readonly ForcedResult[] = [{ result: 0 }, { result: 1, extend: 6 }, { result: 2 }];

/** Of the MQTT stack in the module, and of the way to the broker. */
export const MQTT_FAULTS: readonly FaultDefinition[] = [
  {
    name: 'refuse-setting',
    parameter: '=<key>[,<values>]',
    help: 'AT+LMQTTCFG of this key, or with these values only (recv/mode,0,1), is an ERROR; repeatable',
    repeatable: true,
    create: (argument) => {
      const refused = textArgument('refuse-setting', argument);
      return { refusesSetting: (key, values) => refused === key || refused === `${key},${values}` };
    },
  },
  // As with flash that wears out, or a module that truncates what it stores.
  {
    name: 'read-back-differs',
    parameter: '[=<field>]',
    help: 'the module stores another one than was written: secret (the DeviceSecret, the default) or name',
    create: (argument = 'secret') => {
      const field = FIELDS[checkOneOf('fault read-back-differs', argument, ['secret', 'name'])];
      return { stores: (values) => garbled(values, field) };
    },
  },
  // A module may not echo a key back: lmqtt.md 2.
  {
    name: 'no-read-back',
    help: 'AT+LMQTTCFG does not tell the triple: its query is answered with ERROR',
    create: () => ({ refusesQuery: (key) => key === 'aliauth' }),
  },
  {
    name: 'urc-setting',
    help: 'result URCs come only after AT+LMQTTCFG="urc",0,1',
    create: () => ({ resultsNeedUrcSetting: true }),
  },
  // `<extend>`: lmqtt.md 3 [M].
  {
    name: 'open-fails',
    parameter: '[=<extend>]',
    help: 'LMQTTOPEN fails: 1 parameter, 2 in use, 3 PDP, 4 DNS, 5 network (the default)',
    create: (argument) => {
      const extend = integerArgument('open-fails', argument, [1, 5], 5);
      return { openFailure: () => extend };
    },
  },
  // `<ret_code>`: lmqtt.md 3 [M].
  {
    name: 'connect-fails',
    parameter: '[=<ret_code>]',
    help: 'LMQTTCONN reports this return code, 1 to 7, default 4 (bad user name or password)',
    create: (argument) => {
      const returnCode = integerArgument('connect-fails', argument, [1, 7], 4);
      return { connectRefusal: () => returnCode };
    },
  },
  // `<extend>`: lmqtt.md 4 [M].
  {
    name: 'subscribe-fails',
    parameter: '[=<extend>]',
    help: 'subscribing and unsubscribing fail: 6 send failed (the default), 7 parameter',
    create: (argument) => {
      const extend = integerArgument('subscribe-fails', argument, [1, 7], 6);
      return { subscribeResult: () => ({ result: 1, extend }) };
    },
  },
  {
    name: 'misspelt-unsubscribe',
    help: 'the result of an unsubscribe is named +LMQTTUNSUNSUB',
    create: () => ({ misspelsUnsubscribe: true }),
  },
  {
    name: 'publish-result',
    parameter: '=<result>[:<count>]',
    help: 'the next publishes, or all, report 0 (nothing is sent), 1 (sent, bad acknowledgement) or 2 (nothing is sent)',
    create: (argument) => {
      const [result = '', count] = textArgument('publish-result', argument).split(':');
      const forced = RESULTS[integerArgument('publish-result', result, [0, 2])];
      const applies = times(integerArgument('publish-result', count, [1, 1e9], Number.POSITIVE_INFINITY));
      return { publishResult: () => (applies() ? forced : undefined) };
    },
  },
  {
    name: 'busy-above',
    parameter: '=<n>',
    help: 'LMQTTPUB is answered with +CME ERROR: 3 while n others are without their result',
    create: (argument) => {
      const limit = integerArgument('busy-above', argument, [0, 65_535]);
      return { refusesPublish: (inFlight) => inFlight >= limit };
    },
  },
  {
    name: 'shuffled-results',
    parameter: '[=<ms>]',
    help: 'results of publishes are late by up to so many ms, default 20, and come out of order',
    create: (argument, random) => {
      const most = integerArgument('shuffled-results', argument, [1, 60_000], 20);
      return { publishDelay: () => Math.floor(random() * (most + 1)) };
    },
  },
  {
    name: 'no-prompt',
    help: 'data mode begins, but its prompt is not sent',
    create: () => ({ hidesPrompt: true }),
  },
  {
    name: 'stuck-prompt',
    parameter: '[=<bytes>]',
    help: 'the first bytes of each data-mode payload, default 1, get lost: the module waits for more',
    create: (argument) => {
      const lost = integerArgument('stuck-prompt', argument, [1, 8_000], 1);
      return { lostPayload: () => lost };
    },
  },
  {
    name: 'quoted-payload',
    help: 'payloads of downlinks stand between double quotes',
    create: () => ({ quotesPayload: true }),
  },
  {
    name: 'hidden-loss',
    help: 'the end of a session is not told by a STATS line',
    create: () => ({ hidesLoss: true }),
  },
  // As behind a NAT that forgot the connection: RFC 9293 3.5.1 calls it half-open.
  {
    name: 'session-dead',
    help: 'LMQTTCONN? still says connected, but nothing flows until the session is closed',
    momentary: true,
    create: () => ({ begin: (target) => target.freezeSession() }),
  },
  {
    name: 'drop-broker',
    help: 'the connection to the broker breaks; a new one can be opened at once',
    momentary: true,
    create: () => ({ begin: (target) => target.dropBroker() }),
  },
  {
    name: 'broker-loss',
    help: 'the connection to the broker breaks, and none can be opened until the fault ends',
    create: () => ({
      begin: (target) => target.dropBroker(),
      openFailure: () => OPEN_REASONS.NETWORK_DOWN.value,
    }),
  },
];

/** The triple with another last character; undefined for other settings. */
function garbled(values: SettingValues, field: 'deviceSecret' | 'deviceName'): SettingValues | undefined {
  if (values.key !== 'aliauth' || isNoTriple(values)) return undefined;
  const text = values[field];
  return { ...values, [field]: text.slice(0, -1) + (text.endsWith('0') ? '1' : '0') };
}
