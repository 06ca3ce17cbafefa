import { checkText } from '../../at/checks.js';
import type { DeviceTriple } from '../dialect.js';
import { MAX_TRIPLE_FIELD as max } from './limits.js';
import {
  type AliyunSetting,
  CLOUD_ALIBABA,
  CLOUD_JSON,
  CLOUD_PLAIN,
  type CloudSetting,
} from './settings/cloud-settings.js';
import type { SettingValues } from './settings/settings.js';

/** No triple: empty texts [A]. */
export const NO_TRIPLE: AliyunSetting = { key: 'aliauth', productKey: '', deviceName: '', deviceSecret: '' };

/** LMQTTCONN goes out as it is: cloud type 0, with data type 0 [A, from the sister dialect]. */
export const PLAIN_LOGIN: CloudSetting = { key: 'cloud', type: CLOUD_PLAIN, dataType: 0 };

/** What makes the module sign its login itself, before LMQTTOPEN: lmqtt.md 2 [M]. The order is the manual's. */
export function tripleSettings({ productKey, deviceName, deviceSecret }: DeviceTriple): SettingValues[] {
  return [
    { key: 'cloud', type: CLOUD_ALIBABA, dataType: CLOUD_JSON },
    { key: 'aliauth', productKey, deviceName, deviceSecret },
  ];
}

/** Throws an `ArgumentError` for what the wire cannot carry, under the names that the caller knows. */
export function checkTripleText({ productKey, deviceName, deviceSecret }: DeviceTriple): void {
  checkText('triple.productKey', productKey, { max });
  checkText('triple.deviceName', deviceName, { max });
  checkText('triple.deviceSecret', deviceSecret, { max, secret: true });
}
