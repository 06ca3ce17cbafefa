import { DEVICE_NAME } from '../../../cloud/aliyun/wire/names.js';
import { type RegistrationRequest, registrationContent } from '../../../cloud/aliyun/wire/registration.js';
import { DEFAULT_SIGN_METHOD, isSigned, signMethodNamed } from '../../../cloud/aliyun/wire/signature.js';
import type { DeviceTriple } from '../../../dialects/dialect.js';
import type { DeviceRegistry } from '../device-registry.js';
import { REGISTRATION_REFUSALS, type RegistrationRefusal } from './refusals.js';

/** What a device sends; anything may be missing. */
export type RegistrationFields = Partial<Record<keyof RegistrationRequest, string | undefined>>;

export type RegistrationDecision =
  | { readonly triple: DeviceTriple }
  | { readonly refusal: RegistrationRefusal };

/**
 * Who gets a secret: aliyun.md 2. Before its first login a device gets a new one each time, which kills the one before;
 * after it, none until it is reset [D].
 */
export class RegistrationService {
  readonly #registry: DeviceRegistry;

  constructor(registry: DeviceRegistry) {
    this.#registry = registry;
  }

  register(fields: RegistrationFields): RegistrationDecision {
    const { productKey, deviceName, random, sign, signMethod = DEFAULT_SIGN_METHOD } = fields;
    const method = signMethodNamed(signMethod);
    if (!productKey || !deviceName || !random || !sign || method === undefined) return refuse('PARAMETER');
    const product = this.#registry.product(productKey);
    if (product === undefined) return refuse('UNKNOWN_PRODUCT');
    const { productSecret, dynamicRegistration = true, preregistered = false } = product;
    if (productSecret === undefined || !dynamicRegistration) return refuse('OFF');
    const content = registrationContent({ productKey, deviceName, random });
    if (!isSigned(sign, method, productSecret, content)) return refuse('SIGNATURE');
    if (!DEVICE_NAME.test(deviceName)) return refuse('PARAMETER');
    const known = this.#registry.find(productKey, deviceName);
    if (known === undefined && preregistered) return refuse('UNKNOWN_DEVICE');
    const device = known ?? this.#registry.add(productKey, { deviceName });
    if (device.activated) return refuse('ACTIVE');
    return { triple: { productKey, deviceName, deviceSecret: device.issueSecret() } };
  }
}

function refuse(name: keyof typeof REGISTRATION_REFUSALS): RegistrationDecision {
  return { refusal: REGISTRATION_REFUSALS[name] };
}
