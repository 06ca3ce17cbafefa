import { Channel } from '../../../../../src/at/channel.js';
import { Digester } from '../../../../../src/at/digester.js';
import { ANGLE_SPACE } from '../../../../../src/at/line.js';
import { COUNTED_MESSAGE } from '../../../../../src/dialects/lmqtt/messages.js';
import { lineBytes } from '../../../../../src/simulator/module/wire.js';
import { memoryLink } from '../../../../../src/transport/memory.js';
import { cpuEach, type Kind, UP_TO_100_000 } from '../kind.js';

const CHUNK = 64;
const URC = lineBytes({ text: '+CEREG: 1,"1A2B","01C3D4E5",7' });

/** A line without end in single bytes, while a prompt may come. */
export const bytesWithoutEnd: Kind = {
  sizes: UP_TO_100_000,
  measure: async (count) => ({ 'in single bytes': await digested(Buffer.alloc(count, 'x'), 1) }),
};

/** Line ends, each of which could be the last one. */
export const countedBytes: Kind = {
  sizes: UP_TO_100_000,
  measure: async (count) => {
    const payload = Buffer.alloc(count, 'x\n');
    const line = lineBytes(COUNTED_MESSAGE.format({ id: 0, messageId: 1, topic: 'bench', payload }));
    return { 'in pieces of 64': await digested(line, CHUNK) };
  },
};

/** Lines of the module, each one in a chunk of its own. */
export const chunksReceived: Kind = {
  sizes: UP_TO_100_000,
  measure: async (count) => {
    const [ours, theirs] = memoryLink();
    const channel = new Channel(ours);
    const all = new Promise<void>((resolve) => {
      let left = count;
      channel.on('urc', () => {
        left -= 1;
        if (left === 0) resolve();
      });
    });
    const cost = await cpuEach(count, async () => {
      for (let n = 0; n < count; n += 1) ours.emit('data', URC);
      await all;
    });
    channel.close();
    theirs.destroy();
    return { 'one line in each': cost };
  },
};

/** µs for each byte. */
function digested(bytes: Buffer, size: number): Promise<number> {
  const handlers = {
    line: () => {},
    prompt: () => {},
    dropped: (reason: string) => {
      throw new Error(reason);
    },
  };
  const headers = COUNTED_MESSAGE.counted === undefined ? [] : [COUNTED_MESSAGE.counted];
  const digester = new Digester(handlers, { maxLine: bytes.length, countedHeaders: () => headers });
  digester.expectedPrompt = ANGLE_SPACE;
  return cpuEach(bytes.length, () => {
    for (let at = 0; at < bytes.length; at += size) digester.push(bytes.subarray(at, at + size));
  });
}
