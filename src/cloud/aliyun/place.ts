import { type BrokerUrl, parseBrokerUrl } from '../../client/broker-url.js';
import type { BrokerAddress } from '../../dialects/dialect.js';
import { ArgumentError } from '../../errors/kinds.js';
import { MQTT_PORT, mqttHost, REGION } from './wire/names.js';

/** Where the cloud is: one of the two. */
export interface CloudPlace {
  /** E.g. `cn-shanghai`: the public endpoint of the product there. */
  readonly region?: string | undefined;
  /** `host[:port]`, or with `mqtt://` or `mqtts://` before it, e.g. of an instance; port 1883 by default. */
  readonly host?: string | undefined;
}

/** `scheme` is for a region, and for a host without one: aliyun.md 1 [D]. Throws an `ArgumentError`. */
export function cloudAddress(
  productKey: string,
  { region, host }: CloudPlace,
  scheme: 'mqtt' | 'mqtts',
): BrokerAddress {
  checkPlace({ region, host });
  if (host !== undefined) return ofHost(host, scheme);
  return { host: mqttHost(productKey, region ?? ''), port: MQTT_PORT, tls: scheme === 'mqtts' };
}

/** Throws an `ArgumentError` for none of the two, for both, and for one that cannot be. */
export function checkPlace({ region, host }: CloudPlace): void {
  if ((region === undefined) === (host === undefined)) {
    const shown = region === undefined ? 'nothing' : 'region and host';
    throw new ArgumentError(
      'region',
      shown,
      'a region or a host',
      `give a region or a host (given: ${shown})`,
    );
  }
  if (host !== undefined) {
    ofHost(host, 'mqtt');
  } else if (typeof region !== 'string' || !REGION.test(region)) {
    throw new ArgumentError('region', JSON.stringify(region), 'one such as cn-shanghai');
  }
}

function ofHost(host: string, scheme: 'mqtt' | 'mqtts'): BrokerAddress {
  const { address, username, password } = brokerOf(host, scheme);
  if (username !== undefined || password !== undefined) {
    throw new ArgumentError('host', '***', 'without user name and password');
  }
  // Without a port, another one than that of the cloud is in the address.
  return /:\d+\/?$/.test(host) ? address : { ...address, port: MQTT_PORT };
}

function brokerOf(host: unknown, scheme: string): BrokerUrl {
  try {
    return parseBrokerUrl(typeof host === 'string' && !host.includes('://') ? `${scheme}://${host}` : host);
  } catch (error) {
    if (!(error instanceof ArgumentError)) throw error;
    const shown = typeof host === 'string' ? JSON.stringify(host.replace(/^.*@/s, '***@')) : String(host);
    throw new ArgumentError('host', shown, error.limit);
  }
}
