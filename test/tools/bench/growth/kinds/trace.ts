import { Conversation } from '../../../../../src/cli/decode/conversation.js';
import { TraceReader } from '../../../../../src/transport/trace-reader.js';
import { cpuEach, type Kind, UP_TO_100_000 } from '../kind.js';

/** Characters that are read at once. */
const PIECE = 64 * 1024;

const AT = '2026-11-20T11:00:00.123Z +1.000000';
const EXCHANGE = [`${AT} > AT+CSQ\\r\\n`, `${AT} < \\r\\n+CSQ: 21,99\\r\\n`, `${AT} < \\r\\nOK\\r\\n`];

/** Read and put into words, as `atmqtt replay` does. */
export const traceLines: Kind = {
  sizes: UP_TO_100_000,
  measure: async (count) => {
    const text = Array.from({ length: count }, (_, line) => `${EXCHANGE[line % EXCHANGE.length]}\n`).join('');
    return { decoded: await cpuEach(count, () => decode(text)) };
  },
};

function decode(text: string): void {
  const reader = new TraceReader('bench.trace');
  const conversation = new Conversation(() => {});
  for (let at = 0; at < text.length; at += PIECE) {
    for (const item of reader.push(text.slice(at, at + PIECE))) {
      if (item.kind !== 'entry') continue;
      const { direction, bytes } = item.entry;
      if (direction === '>') conversation.sent(bytes);
      else conversation.received(bytes);
    }
  }
  conversation.flush();
}
