import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Client } from '../../../../src/client/client.js';
import { connect } from '../../../../src/client/connect.js';
import { delay } from '../../../../src/util/delay.js';
import { forkFile, messageOf, planOfProcess } from '../../shared/own-process.js';
import { startModules, type Way } from './modules.js';

export interface LoadPlan {
  readonly modules: number;
  readonly over: Way;
}

/** What one process with so many clients did. */
export interface LoadResult {
  readonly perSecond: number;
  /** µs of CPU of the process for each message, without what it takes when nothing is sent. */
  readonly cpu: number;
  /** µs of CPU of the process in a second in which nothing is sent. */
  readonly idle: number;
  /** Bytes. */
  readonly resident: number;
  /** ms, the worst of all modules: from the hand-over of a message to its result. */
  readonly p99: number;
  /** ms by which the event loop was late, 99th percentile. */
  readonly loopDelay: number;
}

/** ms that are not counted, and that are. */
const IDLE = 2_000;
const WARM_UP = 3_000;
const MEASURED = 10_000;

/** ms between two looks at the event loop. */
const RESOLUTION = 10;

const PAYLOAD = 'x'.repeat(256);
const WINDOW = 8;

const plan = planOfProcess<LoadPlan>();
const clients = await Promise.all(
  (await start()).map((url) => connect(url, { broker: 'mqtt://broker.example', maxInflight: WINDOW })),
);
const late = monitorEventLoopDelay({ resolution: RESOLUTION });
late.enable();
const idle = await cpuPerSecond(() => delay(IDLE));
for (const client of clients) {
  // There is always one more to be handed out when a result comes.
  for (let n = 0; n <= WINDOW; n += 1) void feed(client);
}
await delay(WARM_UP);
process.send?.(await measure());

async function start(): Promise<string[]> {
  if (plan.over === 'memory') return startModules(plan.modules, 'memory');
  return messageOf(forkFile(new URL('yard.js', import.meta.url), plan));
}

async function feed(client: Client): Promise<never> {
  for (;;) await client.publish('bench', PAYLOAD, { qos: 1 });
}

function delivered(): number {
  return clients.reduce((sum, client) => sum + client.stats().delivered, 0);
}

async function measure(): Promise<LoadResult> {
  const count = delivered();
  let perSecond = 0;
  late.reset();
  const cpu = await cpuPerSecond(async () => {
    const start = performance.now();
    await delay(MEASURED);
    perSecond = ((delivered() - count) / (performance.now() - start)) * 1000;
  });
  globalThis.gc?.();
  return {
    perSecond,
    cpu: (cpu - idle) / perSecond,
    idle,
    resident: process.memoryUsage().rss,
    p99: Math.max(...clients.map((client) => client.stats().publishRoundTrip.p99)),
    loopDelay: late.percentile(99) / 1e6 - RESOLUTION,
  };
}

/** µs. */
async function cpuPerSecond(during: () => Promise<void>): Promise<number> {
  const [before, start] = [process.cpuUsage(), performance.now()];
  await during();
  const { user, system } = process.cpuUsage(before);
  return ((user + system) / (performance.now() - start)) * 1000;
}
