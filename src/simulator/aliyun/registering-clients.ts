import type { Aedes, Client } from 'aedes';
import type { RegistrationPush } from './seams.js';

/** ms after which the cloud closes the connection of who has registered: aliyun.md 2b [D]. */
const STAY = 15_000;

/** Connections that register: each gets its push behind CONNACK, without a SUBSCRIBE, and nothing else. */
export class RegisteringClients {
  readonly #pushes = new WeakMap<Client, RegistrationPush>();

  /** Listens to the broker for CONNACK. */
  follow(aedes: Aedes): void {
    aedes.on('clientReady', (client) => {
      const push = this.#pushes.get(client);
      if (push === undefined) return;
      client.publish({ cmd: 'publish', ...push, qos: 0, retain: false, dup: false }, () => {});
      const timer = setTimeout(() => client.close(), STAY);
      client.conn.once('close', () => clearTimeout(timer));
    });
  }

  expect(client: Client, push: RegistrationPush): void {
    this.#pushes.set(client, push);
  }

  /** Whether a message to this connection is its push. */
  awaits(client: Client, topic: string): boolean {
    return this.#pushes.get(client)?.topic === topic;
  }
}
