import type { FieldList } from '../field-list.js';
import { integerField, textField } from '../fields.js';
import { MAX_TRIPLE_FIELD } from '../limits.js';
import { type SettingCodec, settingCodec } from './setting-codec.js';

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
