import { checkOneOf } from '../../../at/checks.js';
import { ALIYUN, type AliyunSetting, CLOUD, type CloudSetting } from './cloud-settings.js';
import { RELEASE_ASSISTANCE, type ReleaseAssistanceSetting, TLS, type TlsSetting } from './link-settings.js';
import {
  CACHE,
  type CacheSetting,
  DATA_FORMAT,
  type DataFormatSetting,
  RECEIVE_MODE,
  type ReceiveModeSetting,
  SEND_MODE,
  type SendModeSetting,
  URC,
  type UrcSetting,
} from './message-settings.js';
import {
  type CleanSetting,
  KEEPALIVE,
  type KeepaliveSetting,
  SESSION,
  TIMEOUT,
  type TimeoutSetting,
  VERSION,
  type VersionSetting,
} from './session-settings.js';
import type { SettingCodec } from './setting-codec.js';
import { WILL, type WillSetting } from './will-setting.js';

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
