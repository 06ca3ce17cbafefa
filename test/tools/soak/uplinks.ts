import type { MqttClient } from 'mqtt';
import type { Client } from '../../../src/client/client.js';
import type { ModemError } from '../../../src/errors/modem-error.js';
import { Histogram } from '../../../src/util/histogram.js';
import { Ledger } from './ledger.js';
import { add } from './recovery-watch.js';

/** ms after which a sender that was told of a failure sends again. */
const RESEND_AFTER = 1_000;

/** Messages from our client to the broker, QoS 1, on several topics. */
export class Uplinks {
  readonly delays = new Histogram();
  readonly ledgers: readonly Ledger[];
  /** Failures that `publish` told of, by code. */
  readonly refused: Record<string, number> = {};
  /** Promises that have not settled. */
  pending = 0;
  readonly #client: Client;
  #turn = 0;

  constructor(client: Client, far: MqttClient, topics: readonly string[]) {
    this.#client = client;
    this.ledgers = topics.map((topic) => new Ledger(topic, this.delays));
    far.on('message', (topic, payload) => {
      this.ledgers.find((ledger) => ledger.topic === topic)?.arrive(payload);
    });
  }

  send(): void {
    const ledger = this.ledgers[this.#turn++ % this.ledgers.length] as Ledger;
    const { sequence, payload } = ledger.send();
    void this.#publish(ledger, sequence, payload);
  }

  async #publish(ledger: Ledger, sequence: number, payload: Buffer): Promise<void> {
    for (;;) {
      this.pending += 1;
      try {
        await this.#client.publish(ledger.topic, payload, { qos: 1 });
        ledger.acknowledge(sequence);
        return;
      } catch (error) {
        const { code } = error as ModemError;
        add(this.refused, code);
        if (code === 'CLOSED') return;
        ledger.resend(sequence);
      } finally {
        this.pending -= 1;
      }
      await new Promise((resolve) => setTimeout(resolve, RESEND_AFTER));
    }
  }
}
