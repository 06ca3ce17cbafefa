import type { DeviceTriple } from '../../../dialects/dialect.js';

type Device = Pick<DeviceTriple, 'productKey' | 'deviceName'>;

/**
 * Whether a device may publish to a topic, or subscribe to a filter: below its own prefixes only, aliyun.md 1 [D].
 * `/shadow`, `/ext/<service>` and `/ota` carry product and device behind the service [C].
 */
export function isOwnTopic({ productKey, deviceName }: Device, topic: string): boolean {
  const [root, ...levels] = topic.split('/');
  if (root !== '') return false;
  const at = (index: number, ...names: string[]) => names.every((name, i) => levels[index + i] === name);
  if (at(0, productKey, deviceName) || at(0, 'sys', productKey, deviceName)) return levels.length > 2;
  if (at(0, 'broadcast', productKey)) return levels.length > 2;
  if (at(0, 'ota', 'device')) return at(3, productKey, deviceName);
  if (at(0, 'ext')) return at(2, productKey, deviceName);
  return at(0, 'shadow') && at(2, productKey, deviceName);
}

/** The service that tells the time, which every product has: request and answer, QoS 0 [D, the vendor's page on NTP]. */
export function timeTopics({ productKey, deviceName }: Device): { request: string; response: string } {
  const base = `/ext/ntp/${productKey}/${deviceName}`;
  return { request: `${base}/request`, response: `${base}/response` };
}

export interface TimeResponse {
  /** As in the request, ms. */
  readonly deviceSendTime: string;
  readonly serverRecvTime: string;
  readonly serverSendTime: string;
}

export function formatTimeRequest(deviceSendTime: string): string {
  return JSON.stringify({ deviceSendTime });
}

/** `deviceSendTime` of a request or of an answer, a number or a string [D]; undefined if it is neither. */
export function parseSendTime(payload: Uint8Array): string | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(payload).toString()) ?? undefined;
    const { deviceSendTime } = value as { deviceSendTime?: unknown };
    return ['string', 'number'].includes(typeof deviceSendTime) ? String(deviceSendTime) : undefined;
  } catch {
    return undefined;
  }
}

export function formatTimeResponse(response: TimeResponse): string {
  return JSON.stringify(response);
}
