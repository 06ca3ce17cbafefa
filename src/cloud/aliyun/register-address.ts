import { parseBrokerUrl } from '../../client/broker-url.js';
import type { BrokerAddress } from '../../dialects/dialect.js';
import { ArgumentError } from '../../errors/kinds.js';
import { MQTT_PORT, mqttHost, REGION } from './wire/hosts.js';

/** One of the two. */
export interface RegistrationPlace {
  /** E.g. `cn-shanghai`. */
  readonly region?: string | undefined;
  /** `host[:port]` or `mqtts://host[:port]`, port 1883 by default: aliyun.md 1 [D]. */
  readonly host?: string | undefined;
}

/** Where a module registers: over TLS, aliyun.md 2b [D]. Throws an `ArgumentError`. */
export function registrationAddress(productKey: string, { region, host }: RegistrationPlace): BrokerAddress {
  if ((region === undefined) === (host === undefined)) {
    throw new ArgumentError(
      'region',
      region === undefined ? 'nothing' : 'region and host',
      'a region or a host',
    );
  }
  if (host !== undefined) return ofHost(host);
  if (typeof region !== 'string' || !REGION.test(region)) {
    throw new ArgumentError('region', JSON.stringify(region), 'one such as cn-shanghai');
  }
  return { host: mqttHost(productKey, region), port: MQTT_PORT, tls: true };
}

function ofHost(host: string): BrokerAddress {
  const { address, username } = parseBrokerUrl(/:\/\//.test(host) ? host : `mqtts://${host}`);
  if (username !== undefined) throw new ArgumentError('host', '***', 'without a user name');
  if (!address.tls) throw new ArgumentError('host', JSON.stringify(host), 'mqtts://, registration needs TLS');
  const hasPort = /:\d+\/?$/.test(host);
  return hasPort ? address : { ...address, port: MQTT_PORT };
}
