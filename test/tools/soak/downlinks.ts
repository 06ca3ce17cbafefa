import type { Aedes } from 'aedes';
import type { MqttClient } from 'mqtt';
import type { Client } from '../../../src/client/client.js';
import type { SimulatedModem } from '../../../src/simulator/simulated-modem.js';
import { Histogram } from '../../../src/util/histogram.js';
import { Ledger } from './ledger.js';
import { sequenceOf } from './payloads.js';
import { add } from './recovery-watch.js';
import { WireTap } from './wire-tap.js';

/** When a message came over the serial line, and its place among all that did. */
export interface Arrival {
  readonly time: number;
  readonly rank: number;
}

/** Messages from the broker to our client, QoS 1 on a kept session, on several topics. */
export class Downlinks {
  readonly delays = new Histogram();
  readonly ledgers: readonly Ledger[];
  readonly tap = new WireTap((topic, sequence) => this.#note(topic, sequence));
  readonly #far: MqttClient;
  /** Messages that were delivered behind one that came over the serial line later, by topic. */
  readonly disordered: Record<string, number> = {};
  /** Those that came over the serial line whole and have not been delivered. */
  readonly #came = new Map<string, Arrival>();
  /** Those that the module sent while nobody had its port open. */
  readonly #unheard = new Set<string>();
  /** Rank of the last one delivered, by topic. */
  readonly #last = new Map<string, number>();
  #ranks = 0;
  #turn = 0;

  constructor(far: MqttClient, topics: readonly string[]) {
    this.#far = far;
    this.ledgers = topics.map((topic) => new Ledger(topic, this.delays));
  }

  /** Listens to what the module sends, from before a port is open. */
  watchModem(modem: SimulatedModem): void {
    let attached = false;
    modem.on('attached', () => {
      attached = true;
    });
    modem.on('detached', () => {
      attached = false;
    });
    modem.on('received', (topic, payload) => {
      if (!attached) this.#unheard.add(`${topic} ${sequenceOf(payload)}`);
    });
  }

  /** Listens to what the client delivers, and to what the module acknowledges. */
  watch(client: Client, aedes: Aedes, clientId: string): void {
    client.on('message', (topic, payload) => {
      this.#ledger(topic)?.arrive(payload);
      this.#checkOrder(topic, sequenceOf(payload));
    });
    aedes.on('ack', (packet, { id }) => {
      // Without a packet it is the acknowledgement of one that was acknowledged before.
      if (id !== clientId || !('topic' in (packet ?? {}))) return;
      const { topic, payload } = packet as unknown as { topic: string; payload: Buffer };
      const sequence = sequenceOf(Buffer.from(payload));
      if (sequence !== undefined) this.#ledger(topic)?.acknowledge(sequence);
    });
  }

  send(): void {
    const ledger = this.ledgers[this.#turn++ % this.ledgers.length] as Ledger;
    this.#far.publish(ledger.topic, ledger.send().payload, { qos: 1 });
  }

  /** How a message that was not delivered came over the serial line whole, or undefined. */
  cameWhole(topic: string, sequence: number): Arrival | undefined {
    return this.#came.get(`${topic} ${sequence}`);
  }

  /** Whether the module sent it while nobody had its port open. */
  isUnheard(topic: string, sequence: number): boolean {
    return this.#unheard.has(`${topic} ${sequence}`);
  }

  /** The broker may send in another order what it sends again; the driver must keep that of the serial line. */
  #checkOrder(topic: string, sequence: number | undefined): void {
    const key = `${topic} ${sequence}`;
    const { rank } = this.#came.get(key) ?? {};
    this.#came.delete(key);
    if (rank === undefined) return;
    if (rank < (this.#last.get(topic) ?? 0)) add(this.disordered, topic);
    else this.#last.set(topic, rank);
  }

  #ledger(topic: string): Ledger | undefined {
    return this.ledgers.find((ledger) => ledger.topic === topic);
  }

  #note(topic: string, sequence: number): void {
    if (this.#ledger(topic)?.misses(sequence)) {
      this.#ranks += 1;
      this.#came.set(`${topic} ${sequence}`, {
        time: performance.now(),
        rank: this.#ranks,
      });
    }
  }
}
