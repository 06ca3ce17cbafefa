import { formatTimeResponse, parseSendTime, timeTopics } from '../../cloud/aliyun/wire/topics.js';
import type { DeviceMessage } from './events.js';

/**
 * What `/ext/ntp/<pk>/<dn>/request` is answered with [D]; undefined for other messages, and for a request without
 * `deviceSendTime` [A]. `now`: ms since 1970.
 */
export function timeAnswer(
  message: DeviceMessage,
  now: () => number,
): { topic: string; payload: string } | undefined {
  const { request, response } = timeTopics(message);
  const deviceSendTime = message.topic === request ? parseSendTime(message.payload) : undefined;
  if (deviceSendTime === undefined) return undefined;
  const serverRecvTime = String(now());
  const payload = formatTimeResponse({ deviceSendTime, serverRecvTime, serverSendTime: String(now()) });
  return { topic: response, payload };
}
