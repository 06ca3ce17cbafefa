import type { BrokerAddress } from '../../dialects/dialect.js';
import { ArgumentError } from '../../errors/kinds.js';
import { type CloudPlace, cloudAddress } from './place.js';

/** Where a module registers: over TLS, aliyun.md 2b [D]. Throws an `ArgumentError`. */
export function registrationAddress(productKey: string, place: CloudPlace): BrokerAddress {
  const address = cloudAddress(productKey, place, 'mqtts');
  if (address.tls) return address;
  throw new ArgumentError('host', JSON.stringify(place.host), 'mqtts://, registration needs TLS');
}
