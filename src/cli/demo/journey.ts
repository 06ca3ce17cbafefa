import type { MqttClient } from 'mqtt';
import type { Client } from '../../client/client.js';
import type { Qos } from '../../dialects/dialect.js';
import { onAbort } from '../../util/abort.js';
import { deferred } from '../../util/deferred.js';
import type { Narrator } from './narrator.js';

/** The two clients of the demo, and what each of them has received. */
interface Sides {
  readonly client: Client;
  readonly inbox: Mailbox;
  /** An ordinary client over TCP, on the same broker. */
  readonly ordinary: MqttClient;
  readonly ordinaryInbox: Mailbox;
}

interface Sample {
  readonly what: string;
  readonly topic: string;
  readonly payload: Buffer;
  readonly qos: Qos;
}

/** Bytes that end a line, a quote and a data mode elsewhere. */
const AWKWARD_BYTES = Buffer.from('\0\r\nOK\r\n"\x1a\x1b> \xff', 'latin1');

const SAMPLES: readonly Sample[] = [
  {
    what: 'QoS 0: the result comes as soon as the module has sent the message.',
    topic: 'demo/up/0',
    payload: Buffer.from('21.5'),
    qos: 0,
  },
  {
    what: 'QoS 1: the result comes when the broker has acknowledged. The module counts, so quotes need no escape.',
    topic: 'demo/up/1',
    payload: Buffer.from('{"t":21.5}'),
    qos: 1,
  },
  {
    what: 'QoS 2: exactly once. Text that is not ASCII goes in data mode: the module asks for it with a prompt.',
    topic: 'demo/up/2',
    payload: Buffer.from('21,5 °C'),
    qos: 2,
  },
  {
    what: 'Any bytes: data mode takes exactly as many as were announced.',
    topic: 'demo/up/binary',
    payload: AWKWARD_BYTES,
    qos: 1,
  },
];

/** From the subscription to the last message; rejects if one does not arrive byte for byte. */
export async function travel(sides: Sides, narrator: Narrator): Promise<void> {
  const { client, inbox, ordinary, ordinaryInbox } = sides;
  narrator.step('Subscribe. What is published now comes back through the broker.');
  await client.subscribe('demo/#', { qos: 2 });
  for (const { what, topic, payload, qos } of SAMPLES) {
    narrator.step(what);
    await client.publish(topic, payload, { qos });
    expectSame(topic, payload, await inbox.take(topic));
    expectSame(topic, payload, await ordinaryInbox.take(topic));
    narrator.result(`${topic}: ${payload.length} bytes arrived at the ordinary client and came back`);
  }
  narrator.step('The other way: the ordinary client publishes, the module announces it, nobody has asked.');
  await ordinary.publishAsync('demo/down', AWKWARD_BYTES, { qos: 1 });
  expectSame('demo/down', AWKWARD_BYTES, await inbox.take('demo/down'));
  narrator.result(`demo/down: ${AWKWARD_BYTES.length} bytes received, byte for byte`);
}

function expectSame(topic: string, sent: Buffer, received: Buffer): void {
  if (sent.equals(received)) return;
  throw new Error(`${topic}: sent ${sent.toString('hex')}, received ${received.toString('hex')}`);
}

/** Messages of one side, by topic, until somebody asks for them. */
export class Mailbox {
  readonly #signal: AbortSignal;
  readonly #arrived = new Map<string, Buffer[]>();
  readonly #waiting = new Map<string, (payload: Buffer) => void>();

  /** When the signal aborts, waiting ends with its reason. */
  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  put(topic: string, payload: Buffer): void {
    const waiting = this.#waiting.get(topic);
    this.#waiting.delete(topic);
    if (waiting !== undefined) return waiting(payload);
    this.#arrived.set(topic, [...(this.#arrived.get(topic) ?? []), payload]);
  }

  /** The next message of the topic; one at a time may wait for it. */
  async take(topic: string): Promise<Buffer> {
    const arrived = this.#arrived.get(topic)?.shift();
    if (arrived !== undefined) return arrived;
    const { promise, resolve, reject } = deferred<Buffer>();
    this.#waiting.set(topic, resolve);
    const forget = onAbort(this.#signal, () => reject(this.#signal.reason));
    try {
      return await promise;
    } finally {
      forget();
    }
  }
}
