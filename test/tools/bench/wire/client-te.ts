import type { Client } from '../../../../src/client/client.js';
import { connect } from '../../../../src/client/connect.js';
import { type Form, payloadOf, type Te } from './te.js';

/** More messages than the window is wide: there is always one to be handed out. */
const FEEDERS = 16;

/** Our client; also receives. */
export class ClientTe implements Te {
  readonly #client: Client;

  private constructor(client: Client) {
    this.#client = client;
  }

  static async open(url: string): Promise<ClientTe> {
    const client = await connect(url, { broker: 'mqtt://broker.example' });
    await client.subscribe('bench');
    return new ClientTe(client);
  }

  async publish(form: Form, bytes: number, count: number): Promise<void> {
    const payload = payloadOf(form, bytes);
    let left = count;
    const feed = async (): Promise<void> => {
      for (; left > 0; await this.#client.publish('up', payload, { qos: 1 })) left -= 1;
    };
    await Promise.all(Array.from({ length: FEEDERS }, feed));
  }

  /** Resolves after so many messages, with the ms from the first to the last. */
  receive(count: number): Promise<number> {
    let first = 0;
    let received = 0;
    return new Promise((resolve) => {
      const onMessage = (): void => {
        received += 1;
        if (received === 1) first = performance.now();
        if (received < count) return;
        this.#client.off('message', onMessage);
        resolve(performance.now() - first);
      };
      this.#client.on('message', onMessage);
    });
  }

  async close(): Promise<void> {
    await this.#client.end();
  }
}
