import { integerField, textField } from '../fields.js';
import { MAX_TRIPLE_FIELD } from '../limits.js';
import { settingCodec } from './setting-codec.js';

/** `<type>` of Alibaba Cloud: dialect section 2 [M]. */
export const CLOUD_ALIBABA = 2;

/** `<data type>` of JSON: dialect section 2 [M]. */
export const CLOUD_JSON = 1;

/** Dialect section 2 [M]; only the two constants above are documented, the ranges are ours [A]. */
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

/** The triple with which the module itself signs its login, before LMQTTOPEN: dialect section 2 [M]. */
export interface AliyunSetting {
  readonly key: 'aliauth';
  /** 1–64 bytes [A]. */
  readonly productKey: string;
  /** 1–64 bytes [A]. */
  readonly deviceName: string;
  /** 1–64 bytes [A]. */
  readonly deviceSecret: string;
}

export const ALIYUN = settingCodec<AliyunSetting>('aliauth', {
  productKey: textField({ max: MAX_TRIPLE_FIELD }),
  deviceName: textField({ max: MAX_TRIPLE_FIELD }),
  deviceSecret: textField({ max: MAX_TRIPLE_FIELD, secret: true }),
});
