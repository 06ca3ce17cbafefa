import { parseClientId, parseUsername } from '../../../cloud/aliyun/wire/client-id.js';
import type { SessionOptions } from '../../../dialects/dialect.js';

type Login = Pick<SessionOptions, 'clientId' | 'username' | 'triple'>;

/** What a topic may not hold: MQTT 3.1.1 4.7. */
const FORBIDDEN = /[+#/]/g;

/**
 * The topic of the message to itself, where the user names none: nobody else uses it. A device at Alibaba Cloud may use
 * its own topics only, aliyun.md 1 [D]; whether this one is defined for the product is not known [A].
 */
export function ownTopic(login: Login): string {
  const device = deviceOf(login);
  if (device !== undefined) return `/${device.productKey}/${device.deviceName}/user/atmqtt-doctor`;
  return `atmqtt/doctor/${login.clientId.replace(FORBIDDEN, '_').slice(0, 50)}`;
}

/** The device of a login at Alibaba Cloud, whoever signs it (aliyun.md 1 [D]); undefined at another broker. */
export function deviceOf({ triple, username, clientId }: Login) {
  if (triple !== undefined) return triple;
  return parseClientId(clientId) === undefined ? undefined : parseUsername(username ?? '');
}
