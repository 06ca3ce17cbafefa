import type { EventEmitter } from 'node:events';
import type { Aedes, Client } from 'aedes';
import type { CloudDevice } from './cloud-device.js';
import { CloudSession } from './cloud-session.js';
import type { AliyunCloudEvents, DeviceLogin, KickReason } from './events.js';

/** Who is online. A device is online once: a second login throws out the first, aliyun.md 1 [D]. */
export class Sessions {
  readonly #events: EventEmitter<AliyunCloudEvents>;
  readonly #byClient = new WeakMap<Client, CloudSession>();
  /** The latest of each device, let in or waiting for it. */
  readonly #latest = new Map<CloudDevice, CloudSession>();

  constructor(events: EventEmitter<AliyunCloudEvents>) {
    this.#events = events;
  }

  /** The session on a connection; undefined for one that registers. */
  of(client: Client): CloudSession | undefined {
    return this.#byClient.get(client);
  }

  get online(): readonly DeviceLogin[] {
    return [...this.#latest.values()].filter(({ online }) => online).map(({ login }) => login);
  }

  /** The session of a device that is online. */
  find(device: CloudDevice): CloudSession | undefined {
    const session = this.#latest.get(device);
    return session?.online ? session : undefined;
  }

  /** Listens to the broker for what becomes of each connection. */
  follow(aedes: Aedes): void {
    aedes.on('client', (client) => this.of(client)?.registered());
    aedes.on('connackSent', (_packet, client) => this.of(client)?.acknowledged());
    aedes.on('keepaliveTimeout', (client) => this.of(client)?.explain('keepalive'));
    aedes.on('clientDisconnect', (client) => this.of(client)?.finish());
  }

  /**
   * Resolves when the connection may have its CONNACK: one after the other, as the broker does not keep apart two that
   * connect with the same client id at the same time. Its connection must not be closed already.
   */
  async admit(client: Client, device: CloudDevice, login: DeviceLogin): Promise<void> {
    const earlier = this.#latest.get(device);
    const session: CloudSession = new CloudSession(client, login, this.#throwOut(earlier), {
      online: () => {
        device.recordLogin();
        this.#events.emit('login', login);
      },
      over: (wasOnline) => {
        if (this.#latest.get(device) === session) this.#latest.delete(device);
        if (wasOnline) this.#events.emit('offline', { ...login, reason: session.reason });
      },
    });
    this.#latest.set(device, session);
    this.#byClient.set(client, session);
    await session.admission;
  }

  /** Ends a session; false if it is over already. */
  end(session: CloudSession, reason: KickReason): boolean {
    if (!session.online) return false;
    session.explain(reason);
    this.#events.emit('kicked', { ...session.login, reason });
    session.close();
    return true;
  }

  async #throwOut(earlier: CloudSession | undefined): Promise<void> {
    if (earlier === undefined) return;
    await earlier.admission;
    await earlier.settled;
    this.end(earlier, 'another login');
    await earlier.over;
  }
}
