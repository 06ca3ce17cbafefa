import type { Packet } from '../../../../../src/client/client-types.js';
import { Inbox, type MessageStream } from '../../../../../src/client/inbox.js';
import { cpuEach, type Kind, numbers, UP_TO_100_000 } from '../kind.js';

const MESSAGE = { topic: 'bench', payload: Buffer.alloc(256, 'x'), messageId: 1 };

/** In the iterated stream of a client that does not come round to them. */
export const messagesUnread: Kind = {
  sizes: UP_TO_100_000,
  measure: async (count) => {
    const inbox = new Inbox(() => {});
    const stream = inbox.stream(count);
    const fill = () => {
      for (let n = 0; n < count; n += 1) inbox.push(MESSAGE);
    };
    return {
      received: await cpuEach(count, fill),
      'pushed out by later ones': await cpuEach(count, fill),
      read: await cpuEach(count, () => read(stream, count)),
      'awaited before they came': await cpuEach(count, async () => {
        const awaited = numbers(count).map(() => stream.next());
        fill();
        await Promise.all(awaited);
      }),
    };
  },
};

async function read(stream: MessageStream<Packet>, count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) await stream.next();
}
