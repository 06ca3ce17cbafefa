import { Channel } from '../../../../../src/at/channel.js';
import type { RawOptions } from '../../../../../src/at/command.js';
import { SimulatedModem } from '../../../../../src/simulator/simulated-modem.js';
import { connectMemory } from '../../../../../src/transport/memory.js';
import { type Costs, cpuEach, type Kind, numbers, UP_TO_10_000 } from '../kind.js';

/** ms; never reached. */
const LIMIT = 3_600_000;

/** At one channel, on a simulated module in the same process. */
export const commandsQueued: Kind = {
  sizes: UP_TO_10_000,
  measure: async (count) => {
    const module = await SimulatedModem.start({ echo: false });
    const stream = connectMemory(module.url.slice('memory:'.length));
    const channel = new Channel(stream);
    await channel.synchronise();
    const costs = await costsOf(channel, count);
    channel.close();
    await module.close();
    return costs;
  },
};

async function costsOf(channel: Channel, count: number): Promise<Costs> {
  const { signal } = new AbortController();
  const run = (options: () => RawOptions) =>
    cpuEach(count, () => Promise.all(numbers(count).map(() => channel.send('AT+CSQ', options()))));
  return {
    run: await run(() => ({})),
    'run, each with limit and signal': await run(() => ({
      timeout: LIMIT,
      signal: new AbortController().signal,
    })),
    'run, all with one signal': await run(() => ({ signal })),
    'given up by one signal': await givenUp(channel, count),
  };
}

function givenUp(channel: Channel, count: number): Promise<number> {
  const abort = new AbortController();
  const { signal } = abort;
  const queued = numbers(count).map(() => channel.send('AT+CSQ', { signal }));
  return cpuEach(count, async () => {
    abort.abort();
    await Promise.allSettled(queued);
  });
}
