/** A device as the cloud's console knows it. */
export class CloudDevice {
  readonly productKey: string;
  readonly deviceName: string;
  readonly #makeSecret: () => string;
  #deviceSecret: string | undefined;
  #activated = false;
  #registrations = 0;
  #logins = 0;

  constructor(
    { productKey, deviceName, deviceSecret }: DeviceEntry & { readonly productKey: string },
    makeSecret: () => string,
  ) {
    this.productKey = productKey;
    this.deviceName = deviceName;
    this.#deviceSecret = deviceSecret;
    this.#makeSecret = makeSecret;
  }

  /** The only one that counts; undefined before the first registration of a device that came without one. */
  get deviceSecret(): string | undefined {
    return this.#deviceSecret;
  }

  /** Whether it has logged in since it was made or reset: aliyun.md 2 [D]. */
  get activated(): boolean {
    return this.#activated;
  }

  /** How often a secret was issued. */
  get registrations(): number {
    return this.#registrations;
  }

  get logins(): number {
    return this.#logins;
  }

  /** A new secret; the earlier one is dead from now on: aliyun.md 2 [D]. Whether it may be had is not decided here. */
  issueSecret(): string {
    this.#registrations += 1;
    this.#deviceSecret = this.#makeSecret();
    return this.#deviceSecret;
  }

  activate(): void {
    this.#activated = true;
  }

  /** Counts a login; the first one activates the device. */
  recordLogin(): void {
    this.#logins += 1;
    this.activate();
  }

  /** As by hand in the console: the device may register again; its secret is dead [A]. */
  reset(): void {
    this.#activated = false;
    this.#deviceSecret = undefined;
  }
}

/** A device that the console lists. */
export interface DeviceEntry {
  readonly deviceName: string;
  /** Without it, the device has none until it registers. */
  readonly deviceSecret?: string | undefined;
}
