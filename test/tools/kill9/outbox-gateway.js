/**
 * A gateway that is killed: publishes the numbers from `from` up to `count`, and prints each one that was accepted.
 * Runs from dist/, as a process of its own: node outbox-gateway.js <port> <outbox file> <from> <count>
 */
import { once } from 'node:events';
import { connect } from '../../../dist/index.js';

const [port, file, from, count] = process.argv.slice(2);

/** How many numbers are handed over at once, and how many may wait: some are always under way, and some are not. */
const BATCH = 5;
const BACKLOG = 20;

const client = await connect(port, {
  broker: 'mqtt://broker.example',
  clientId: 'gateway',
  outbox: { file },
  reconnectPeriod: 20,
  maxReconnectPeriod: 200,
});

for (let first = Number(from); first < Number(count); first += BATCH) {
  const numbers = Array.from({ length: Math.min(BATCH, count - first) }, (_, index) => first + index);
  await Promise.all(numbers.map(accepted));
  while (client.stats().outbox > BACKLOG) await once(client, 'delivered');
}
await client.drained();
await client.end();

async function accepted(number) {
  await client.publish(`up/${number % 4}`, String(number), { qos: 1 }).accepted;
  process.stdout.write(`${number}\n`);
}
