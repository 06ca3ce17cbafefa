import type { DeviceTriple } from '../../../src/dialects/dialect.js';

/** The sample triple of the SDK (aliyun.md 1), and others like it. */
export function triples(count: number): DeviceTriple[] {
  return Array.from({ length: count }, (_none, index) => ({
    productKey: 'a1X2bEnP82z',
    deviceName: `meter-${index + 1}`,
    deviceSecret: `ga7XA6KdlEeiPXQPpRbAjOZXwG8yd${String(index).padStart(4, '0')}`,
  }));
}

export const CONSOLE_HEADER = ['DeviceName', 'DeviceSecret', 'ProductKey'] as const;

/** A file as the console makes it, with LF at the line ends. */
export function consoleFile(rows: readonly DeviceTriple[]): string {
  const lines = rows.map(({ productKey, deviceName, deviceSecret }) => [
    deviceName,
    deviceSecret,
    productKey,
  ]);
  return [CONSOLE_HEADER, ...lines].map((cells) => `${cells.join(',')}\n`).join('');
}
