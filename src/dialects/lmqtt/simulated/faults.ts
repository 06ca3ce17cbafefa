import { checkOneOf } from '../../../at/checks.js';
import { integerArgument, textArgument, times } from '../../../simulator/module/faults/argument.js';
import type { Fault, FaultDefinition } from '../../../simulator/module/faults/fault.js';
import { isNoTriple, type SettingValues } from '../settings.js';

const FIELDS = { secret: 'deviceSecret', name: 'deviceName' } as const;

/** `<result>` and `<extend>` of a result URC. */
export interface ForcedResult {
  readonly result: number;
  readonly extend?: number;
}

/** What a fault changes in the commands of LMQTT. */
export interface LmqttFault extends Fault {
  /** Whether `LMQTTCFG` of this key is refused; `values` are the parameters behind the id. */
  refusesSetting?(key: string, values: string): boolean;
  /** What `LMQTTCFG` stores in place of what was written. */
  stores?(values: SettingValues): SettingValues | undefined;
  /** Whether `LMQTTCFG` without values of this key is refused. */
  refusesQuery?(key: string): boolean;
  /** Whether a publish is refused while so many others are without their result. */
  refusesPublish?(inFlight: number): boolean;
  /** `<extend>` with which `LMQTTOPEN` fails. */
  openFailure?(): number | undefined;
  /** `<ret_code>` that `LMQTTCONN` reports. */
  connectRefusal?(): number | undefined;
  /** Result of a publish, in place of the broker's. */
  publishResult?(): ForcedResult | undefined;
  /** Result of a subscription, in place of the broker's. */
  subscribeResult?(): ForcedResult | undefined;
  /** The result of an unsubscribe is misspelt. */
  readonly misspelsUnsubscribe?: true;
  /** ms by which the result of a publish comes later, out of order. */
  publishDelay?(): number;
  /** Result URCs come only after the setting `urc` 1. */
  readonly resultsNeedUrcSetting?: true;
  /** Payloads of downlinks stand between quotes. */
  readonly quotesPayload?: true;
}

/** `<extend>` 6, send failed: lmqtt.md 5 [M]; seen beside result 1, left out beside result 2 [M]. */
const RESULTS: readonly ForcedResult[] = [{ result: 0 }, { result: 1, extend: 6 }, { result: 2 }];

/** Of the commands of LMQTT. */
export const LMQTT_FAULTS: readonly FaultDefinition<LmqttFault>[] = [
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
    name: 'quoted-payload',
    help: 'payloads of downlinks stand between double quotes',
    create: () => ({ quotesPayload: true }),
  },
];

/** The triple with another last character; undefined for other settings. */
function garbled(values: SettingValues, field: 'deviceSecret' | 'deviceName'): SettingValues | undefined {
  if (values.key !== 'aliauth' || isNoTriple(values)) return undefined;
  const text = values[field];
  return { ...values, [field]: text.slice(0, -1) + (text.endsWith('0') ? '1' : '0') };
}
