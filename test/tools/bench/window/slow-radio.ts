import mqtt from 'mqtt';
import { connect } from '../../../../src/client/connect.js';
import { startBroker } from '../../../../src/simulator/embedded-broker.js';
import { SimulatedModem } from '../../../../src/simulator/simulated-modem.js';
import { delay } from '../../../../src/util/delay.js';
import { seededRandom } from '../../../../src/util/random.js';

/** ms that are not counted, and that are. */
const WARM_UP = 4_000;
const MEASURED = 30_000;

const BYTES = 256;

/** ms: each round trip takes the first, and up to the second on top. */
interface Radio {
  readonly roundTrip: number;
  readonly jitter: number;
}

export interface SlowRadioPlan {
  readonly radio: Radio;
  readonly maxInflight: number;
  /** The module refuses a message while so many are under way; undefined: it takes all. */
  readonly moduleLimit?: number;
}

export interface SlowRadioResult {
  readonly perSecond: number;
  /** The width of the window when the 20th result came. */
  readonly widthAfter20: number;
  /** How often the module refused. */
  readonly refused: number;
  /** Whether every message came to the broker once, in the order of `publish()`. */
  readonly inOrder: boolean;
}

/** Publishes QoS 1 messages on one topic as fast as the window lets them go. */
export async function overSlowRadio({
  radio,
  maxInflight,
  moduleLimit,
}: SlowRadioPlan): Promise<SlowRadioResult> {
  const broker = await startBroker();
  const faults = moduleLimit === undefined ? [] : [`busy-above=${moduleLimit}`];
  const module = await SimulatedModem.start({ broker: broker.url, latency: radio, faults });
  const receiver = await mqtt.connectAsync(broker.url);
  const arrived: number[] = [];
  receiver.on('message', (_topic, payload) => arrived.push(Number.parseInt(payload.toString(), 10)));
  await receiver.subscribeAsync('bench', { qos: 1 });
  const client = await connect(module.url, { broker: 'mqtt://broker.example', maxInflight });
  let widthAfter20 = 0;
  let next = 0;
  const publishOne = async (): Promise<void> => {
    const payload = String(next).padStart(6, '0').padEnd(BYTES, 'x');
    next += 1;
    await client.publish('bench', payload, { qos: 1 });
    const { delivered, windowSize } = client.stats();
    if (widthAfter20 === 0 && delivered >= 20) widthAfter20 = windowSize;
  };
  const stop = new AbortController();
  const feed = async (): Promise<void> => {
    while (!stop.signal.aborted) await publishOne();
  };
  const feeders = Array.from({ length: 2 * maxInflight }, feed);
  await delay(WARM_UP);
  const before = { at: performance.now(), count: client.stats().delivered };
  await delay(MEASURED);
  const { delivered, retried } = client.stats();
  const perSecond = (delivered - before.count) / ((performance.now() - before.at) / 1000);
  stop.abort();
  await Promise.all(feeders);
  while (arrived.length < next) await new Promise((resolve) => receiver.once('message', resolve));
  await client.end();
  await receiver.endAsync(true);
  await module.close();
  await broker.close();
  const inOrder = arrived.every((number, index) => number === index);
  return { perSecond, widthAfter20, refused: retried, inOrder };
}

/** Of the ideal: enough for jitter to even out. */
const MESSAGES = 100_000;

/**
 * Messages per second for a window if nothing but the radio took time: each goes out in the moment in which there is
 * room. Results keep their order, as on the one TCP connection that carries them, so a late one holds up those behind.
 */
export function idealRate(window: number, { roundTrip, jitter }: Radio): number {
  const random = seededRandom(1);
  const arrivals: number[] = [];
  let last = 0;
  for (let n = 0; n < MESSAGES; n += 1) {
    const sent = arrivals[n - window] ?? 0;
    last = Math.max(last, sent + roundTrip + jitter * random());
    arrivals.push(last);
  }
  return (MESSAGES / last) * 1000;
}
