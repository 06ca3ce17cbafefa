import { checkOneOf } from '../../at/checks.js';
import type { Parameter } from '../../at/parameters.js';
import {
  choiceField,
  type Field,
  type FieldList,
  FLAG,
  formatFields,
  integerField,
  parseFields,
  QOS,
  type Qos,
  TOPIC_NAME,
  textField,
} from './fields.js';
import { MAX_KEEPALIVE, MAX_TRIPLE_FIELD, MAX_WILL_MESSAGE } from './limits.js';

/** The values of one key of `LMQTTCFG`, in both directions. */
interface SettingCodec<V extends { readonly key: string }> {
  /** The parameters behind `<id>`. */
  format(values: V): string;
  parse(parameters: readonly Parameter[]): V | undefined;
}

/** A key whose values are a plain list of fields; errors name them `<key>.<field>`. */
function settingCodec<V extends { readonly key: string }>(
  key: V['key'],
  fields: FieldList<Omit<V, 'key'>>,
): SettingCodec<V> {
  return {
    format: (values) => formatFields<Omit<V, 'key'>>(fields, values, `${key}.`),
    parse: (parameters) => {
      const values = parseFields<Omit<V, 'key'>>(fields, parameters);
      return values && ({ key, ...values } as V);
    },
  };
}

/** Before LMQTTOPEN: lmqtt.md 2 [M]. */
interface KeepaliveSetting {
  readonly key: 'keepalive';
  /** 0–3600, default 120; 0 = never. */
  readonly seconds: number;
}

export const KEEPALIVE = settingCodec<KeepaliveSetting>('keepalive', {
  seconds: integerField(0, MAX_KEEPALIVE),
});

/** Before LMQTTOPEN: lmqtt.md 2 [M]. */
interface CleanSetting {
  readonly key: 'session';
  /** Default false: the broker keeps the session. */
  readonly clean: boolean;
}

export const SESSION = settingCodec<CleanSetting>('session', { clean: FLAG });

/** How the module repeats packets that are not acknowledged; `60,3,0` seen: lmqtt.md 2 [C]. */
interface TimeoutSetting {
  readonly key: 'timeout';
  /** Seconds, 1–60; the range is that of the sister dialect [A]. */
  readonly packetTimeout: number;
  /** 0–10; the range is that of the sister dialect [A]. */
  readonly retries: number;
  /** Whether the module tells of each repetition. */
  readonly notice: boolean;
}

export const TIMEOUT = settingCodec<TimeoutSetting>('timeout', {
  packetTimeout: integerField(1, 60),
  retries: integerField(0, 10),
  notice: FLAG,
});

/** 3 = MQTT 3.1, 4 = MQTT 3.1.1: lmqtt.md 2 [C]. */
interface VersionSetting {
  readonly key: 'version';
  readonly version: 3 | 4;
}

const VERSIONS: Field<3 | 4> = choiceField([3, 4]);

export const VERSION = settingCodec<VersionSetting>('version', { version: VERSIONS });

export interface Will {
  readonly qos: Qos;
  readonly retain: boolean;
  /** 1–256 bytes, no wildcards. */
  readonly topic: string;
  /** 0–256 bytes [A], without quotes and control characters. */
  readonly message: string;
}

/** `"will",<id>,<flag>[,<qos>,<retain>,"topic","message"]`, before LMQTTOPEN: lmqtt.md 2 [M]. */
interface WillSetting {
  readonly key: 'will';
  /** null: no will. */
  readonly will: Will | null;
}

const WILL_FIELDS: FieldList<Will> = {
  qos: QOS,
  retain: FLAG,
  topic: TOPIC_NAME,
  message: textField({ min: 0, max: MAX_WILL_MESSAGE }),
};

export const WILL: SettingCodec<WillSetting> = {
  format: ({ will }) => (will === null ? '0' : `1,${formatFields(WILL_FIELDS, will, 'will.')}`),
  parse: ([flag, ...values]) => {
    const present = FLAG.parse(flag);
    if (present === undefined) return undefined;
    // What a module says behind a flag of 0 is not documented, and does not matter.
    if (!present) return { key: 'will', will: null };
    const will = parseFields(WILL_FIELDS, values);
    return will && { key: 'will', will };
  },
};

/** 0 text, 1 string as hex, 2 hex text: lmqtt.md 2 [M]. */
export type WireFormat = 0 | 1 | 2;

const WIRE_FORMAT = choiceField<WireFormat>([0, 1, 2]);

/** lmqtt.md 2 [M]. */
interface CacheSetting {
  readonly key: 'cache';
  /** Whether RECV only announces a message, to be fetched with LMQTTREAD; false: RECV carries it. */
  readonly announceOnly: boolean;
}

export const CACHE = settingCodec<CacheSetting>('cache', { announceOnly: FLAG });

/** Formats of both directions: lmqtt.md 2 [M]; their numbers are taken from `send/mode` [A]. */
interface DataFormatSetting {
  readonly key: 'dataformat';
  readonly send: WireFormat;
  readonly receive: WireFormat;
}

const DATA_FORMAT = settingCodec<DataFormatSetting>('dataformat', {
  send: WIRE_FORMAT,
  receive: WIRE_FORMAT,
});

/** Format of payloads in LMQTTPUB: lmqtt.md 2 [M]. */
interface SendModeSetting {
  readonly key: 'send/mode';
  readonly format: WireFormat;
}

const SEND_MODE = settingCodec<SendModeSetting>('send/mode', { format: WIRE_FORMAT });

/** Format of payloads in RECV: lmqtt.md 2 [M]. */
export interface ReceiveModeSetting {
  readonly key: 'recv/mode';
  readonly format: WireFormat;
  /** Whether the length stands before the payload. */
  readonly showLength: boolean;
}

const RECEIVE_MODE = settingCodec<ReceiveModeSetting>('recv/mode', {
  format: WIRE_FORMAT,
  showLength: FLAG,
});

/** One author measured that it must be on for result URCs [T]; field code never sends it [C]: lmqtt.md 2. */
interface UrcSetting {
  readonly key: 'urc';
  readonly enabled: boolean;
}

export const URC = settingCodec<UrcSetting>('urc', { enabled: FLAG });

/** Fast release of the radio during keepalive: lmqtt.md 2 [M]. */
interface ReleaseAssistanceSetting {
  readonly key: 'raimode';
  /** 0–2, as the release assistance indication of TS 24.301 9.9.4.25 [A]. */
  readonly mode: number;
}

const RELEASE_ASSISTANCE = settingCodec<ReleaseAssistanceSetting>('raimode', {
  mode: integerField(0, 2),
});

/**
 * lmqtt.md 2 [M]. How certificates get into a context is not public, nor whether the module verifies that of
 * the broker [A].
 */
interface TlsSetting {
  readonly key: 'sslenable';
  readonly enabled: boolean;
  /** TLS context, 0–5. */
  readonly context: number;
}

export const TLS = settingCodec<TlsSetting>('sslenable', { enabled: FLAG, context: integerField(0, 5) });

/** `<type>` of a broker that is no cloud: not documented, taken from the sister dialect [A]. */
export const CLOUD_PLAIN = 0;

/** `<type>` of Alibaba Cloud: lmqtt.md 2 [M]. */
export const CLOUD_ALIBABA = 2;

/** `<data type>` of JSON: lmqtt.md 2 [M]. */
export const CLOUD_JSON = 1;

/** lmqtt.md 2 [M]; only the two constants above are documented, the ranges are ours [A]. */
export interface CloudSetting {
  readonly key: 'cloud';
  /** 0–9. */
  readonly type: number;
  /** 0–9. */
  readonly dataType: number;
}

export const CLOUD = settingCodec<CloudSetting>('cloud', {
  type: integerField(0, 9),
  dataType: integerField(0, 9),
});

/**
 * The triple with which the module itself signs its login, before LMQTTOPEN: lmqtt.md 2 [M]. All three texts are
 * empty where there is none [A], else each has 1–64 bytes [A].
 */
export interface AliyunSetting {
  readonly key: 'aliauth';
  readonly productKey: string;
  readonly deviceName: string;
  readonly deviceSecret: string;
}

type Triple = Omit<AliyunSetting, 'key'>;

export function isNoTriple({ productKey, deviceName, deviceSecret }: Triple): boolean {
  return productKey === '' && deviceName === '' && deviceSecret === '';
}

const TRIPLE = settingCodec<AliyunSetting>('aliauth', tripleFields(1));
const NONE = settingCodec<AliyunSetting>('aliauth', tripleFields(0));

export const ALIYUN: SettingCodec<AliyunSetting> = {
  format: (values) => (isNoTriple(values) ? NONE : TRIPLE).format(values),
  parse: (parameters) => {
    const triple = NONE.parse(parameters);
    return triple !== undefined && isNoTriple(triple) ? triple : TRIPLE.parse(parameters);
  },
};

function tripleFields(min: number): FieldList<Triple> {
  const limits = { min, max: MAX_TRIPLE_FIELD };
  return {
    productKey: textField(limits),
    deviceName: textField(limits),
    deviceSecret: textField({ ...limits, secret: true }),
  };
}

/** The values of one key. */
export type SettingValues =
  | AliyunSetting
  | CacheSetting
  | CleanSetting
  | CloudSetting
  | DataFormatSetting
  | KeepaliveSetting
  | ReceiveModeSetting
  | ReleaseAssistanceSetting
  | SendModeSetting
  | TimeoutSetting
  | TlsSetting
  | UrcSetting
  | VersionSetting
  | WillSetting;

export type SettingKey = SettingValues['key'];

/** The values of one key for the connection `id`, 0–4. */
export type Setting = SettingValues & { readonly id: number };

type ValuesOf<K extends SettingKey> = Extract<SettingValues, { readonly key: K }>;

const CODECS: { readonly [K in SettingKey]: SettingCodec<ValuesOf<K>> } = {
  keepalive: KEEPALIVE,
  session: SESSION,
  timeout: TIMEOUT,
  version: VERSION,
  will: WILL,
  cache: CACHE,
  dataformat: DATA_FORMAT,
  'send/mode': SEND_MODE,
  'recv/mode': RECEIVE_MODE,
  urc: URC,
  raimode: RELEASE_ASSISTANCE,
  sslenable: TLS,
  cloud: CLOUD,
  aliauth: ALIYUN,
};

export const SETTING_KEYS = Object.keys(CODECS) as readonly SettingKey[];

/** The codec of a key; throws an `ArgumentError` for an unknown one. */
export function codecOf(key: SettingKey): SettingCodec<SettingValues> {
  return CODECS[checkOneOf('key', key, SETTING_KEYS)];
}

/** The key that a wire text is, or undefined. */
export function settingKey(text: string): SettingKey | undefined {
  return SETTING_KEYS.find((key) => key === text.toLowerCase());
}
