import type { DeviceTriple } from '../../dialects/dialect.js';
import { ArgumentError } from '../../errors/kinds.js';
import { DEVICE_NAME } from './wire/names.js';

export { DEVICE_NAME };

/** Throws an `ArgumentError` for a triple that cannot be one; the secret never shows up in it. */
export function checkTriple(triple: DeviceTriple): DeviceTriple {
  checkProductKey(triple.productKey);
  checkDeviceName(triple.deviceName);
  checkSecret('deviceSecret', triple.deviceSecret);
  return triple;
}

export function checkDeviceName(deviceName: unknown): string {
  if (typeof deviceName === 'string' && DEVICE_NAME.test(deviceName)) return deviceName;
  throw new ArgumentError('deviceName', JSON.stringify(deviceName), '4–32 of A–Z a–z 0–9 - _ @ . :');
}

/** Longest ProductKey 64 [A]; 11 characters are seen. */
export function checkProductKey(productKey: unknown): string {
  if (typeof productKey === 'string' && /^[A-Za-z0-9]{1,64}$/.test(productKey)) return productKey;
  throw new ArgumentError('productKey', JSON.stringify(productKey), '1–64 letters and digits');
}

/** `field` is `deviceSecret` or `productSecret`; 32 and 16 characters are seen, up to 64 are taken [A]. */
export function checkSecret(field: string, secret: unknown): string {
  if (typeof secret === 'string' && /^[!#-~]{1,64}$/.test(secret)) return secret;
  throw new ArgumentError(field, '***', '1–64 printable ASCII characters, no space, no "');
}
