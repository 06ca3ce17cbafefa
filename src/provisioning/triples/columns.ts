import type { DeviceTriple } from '../../dialects/dialect.js';

export type TripleField = keyof DeviceTriple;

/** What the columns are called in Alibaba Cloud's own files, and in ours: aliyun.md 3 [C]. */
export const COLUMN_NAMES: Readonly<Record<TripleField, string>> = {
  productKey: 'ProductKey',
  deviceName: 'DeviceName',
  deviceSecret: 'DeviceSecret',
};

/**
 * Spellings as `normalized` leaves them. DeviceName, DeviceSecret and their translations are those of the console; the
 * abbreviations and `秘钥`, which is often written for `密钥`, are assumed [A]. `产品密钥` is the ProductSecret.
 */
const SPELLINGS: Readonly<Record<string, TripleField>> = {
  productkey: 'productKey',
  pk: 'productKey',
  产品key: 'productKey',
  产品标识: 'productKey',
  产品标识符: 'productKey',
  devicename: 'deviceName',
  dn: 'deviceName',
  设备名称: 'deviceName',
  设备名: 'deviceName',
  devicesecret: 'deviceSecret',
  ds: 'deviceSecret',
  设备密钥: 'deviceSecret',
  设备秘钥: 'deviceSecret',
  设备secret: 'deviceSecret',
};

/** `Device Name`, `设备名称`, `设备名称（DeviceName）`: the field that a column of this name holds, if any. */
export function fieldOfColumn(name: string): TripleField | undefined {
  const whole = normalized(name);
  const [, outside = '', inside = ''] = /^(.*)\((.*)\)$/.exec(whole) ?? [];
  const found = [whole, outside, inside].find((spelling) => Object.hasOwn(SPELLINGS, spelling));
  return found === undefined ? undefined : SPELLINGS[found];
}

/** Without case, width, blanks and the signs that stand between words. */
function normalized(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{Cf}_\-.*:'"]/gu, '');
}

/** The longest name of a column that is shown whole. */
const SHOWN = 40;

/** Secrets are runs of letters and digits, 16 or 32 of them: aliyun.md 1 and 2. */
const LONG_RUN = /[!-~]{12,}/g;

/** The name of a column as it can stand in a sentence. Where a line end is lost, a secret stands among the names. */
export function shownColumn(name: string): string {
  const text = name
    .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .trim()
    .replace(LONG_RUN, (run) => (/\d/.test(run) ? '***' : run));
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
