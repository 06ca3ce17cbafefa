import { randomInt } from 'node:crypto';
import { ArgumentError } from '../../errors/kinds.js';
import { seededRandom } from '../../util/random.js';
import { CloudDevice, type DeviceEntry } from './cloud-device.js';

export type { CloudDevice, DeviceEntry } from './cloud-device.js';

/** A product, as its owner has set it up in the console. */
export interface CloudProduct {
  readonly productKey: string;
  /** What dynamic registration is signed with. */
  readonly productSecret?: string;
  /** Whether devices may register; default: whether there is a ProductSecret. */
  readonly dynamicRegistration?: boolean;
  /** Whether only listed names may register; default false: any name may. */
  readonly preregistered?: boolean;
  readonly devices?: readonly DeviceEntry[];
}

/** As long as the secrets of the published examples: aliyun.md, vectors. */
const SECRET_LENGTH = 32;
const SECRET_CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** The products and devices of the simulated cloud, in memory. */
export class DeviceRegistry {
  readonly #products = new Map<string, CloudProduct>();
  readonly #devices = new Map<string, CloudDevice>();
  readonly #choose: (below: number) => number;

  /** `seed` decides the secrets; without it they are random. Throws an `ArgumentError` for what is there twice. */
  constructor(products: readonly CloudProduct[], seed?: number) {
    this.#choose = seed === undefined ? randomInt : seededChoice(seed);
    for (const product of products) this.addProduct(product);
  }

  /** Throws an `ArgumentError` if it, or one of its devices, is there already. */
  addProduct(product: CloudProduct): void {
    const { productKey, devices = [] } = product;
    if (this.#products.has(productKey)) throw taken('productKey', productKey);
    this.#products.set(productKey, product);
    for (const device of devices) this.add(productKey, device);
  }

  product(productKey: string): CloudProduct | undefined {
    return this.#products.get(productKey);
  }

  find(productKey: string, deviceName: string): CloudDevice | undefined {
    return this.#devices.get(keyOf(productKey, deviceName));
  }

  get devices(): readonly CloudDevice[] {
    return [...this.#devices.values()];
  }

  /** Lists another device; throws an `ArgumentError` if its name is taken or its product unknown. */
  add(productKey: string, entry: DeviceEntry): CloudDevice {
    const key = keyOf(productKey, entry.deviceName);
    if (!this.#products.has(productKey)) {
      throw new ArgumentError('productKey', JSON.stringify(productKey), 'that of a product of this cloud');
    }
    if (this.#devices.has(key)) throw taken('deviceName', entry.deviceName);
    const device = new CloudDevice({ productKey, ...entry }, () => this.#makeSecret());
    this.#devices.set(key, device);
    return device;
  }

  #makeSecret(): string {
    const character = () => SECRET_CHARACTERS.charAt(this.#choose(SECRET_CHARACTERS.length));
    return Array.from({ length: SECRET_LENGTH }, character).join('');
  }
}

function keyOf(productKey: string, deviceName: string): string {
  return `${deviceName}&${productKey}`;
}

function taken(field: string, name: string): ArgumentError {
  return new ArgumentError(field, JSON.stringify(name), 'new to this cloud');
}

function seededChoice(seed: number): (below: number) => number {
  const random = seededRandom(seed);
  return (below) => Math.floor(random() * below);
}
