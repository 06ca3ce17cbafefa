import { DEVICE_NAME } from '../../cloud/aliyun/wire/device-name.js';
import { ArgumentError } from '../../errors/kinds.js';

const PLACEHOLDER = '{imei}';

/** As long as any IMEI. */
const SAMPLE = '0'.repeat(15);

/** The name of the device in the module of this IMEI. */
export function nameFor(template: string, imei: string): string {
  return template.replaceAll(PLACEHOLDER, imei);
}

/** Throws an `ArgumentError` for a template that makes no DeviceName, or the same for all modules. */
export function checkNameTemplate(template: string): string {
  if (template.includes(PLACEHOLDER) && DEVICE_NAME.test(nameFor(template, SAMPLE))) return template;
  const limit = `a text with ${PLACEHOLDER} that becomes a DeviceName: at most 32 of A–Z a–z 0–9 - _ @ . :`;
  throw new ArgumentError('nameTemplate', JSON.stringify(template), limit);
}
