import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { Channel } from '../../../../src/at/channel.js';
import { SIGNAL_QUALITY } from '../../../../src/at/commands/signal.js';
import { memoryLink } from '../../../../src/transport/memory.js';
import { openTransport } from '../../../../src/transport/open.js';
import { measure, type Summary } from '../../shared/statistics.js';
import { startResponder } from './responder.js';

export const COUNT = 10_000;

const ANSWER = '\r\n+CSQ: 27,99\r\n\r\nOK\r\n';

/** `AT+CSQ` through our channel. */
async function throughChannel(stream: Duplex): Promise<Summary> {
  const channel = new Channel(stream);
  const result = await measure(COUNT, async () => {
    await channel.execute(SIGNAL_QUALITY, null);
  });
  channel.close();
  await once(channel, 'close');
  return result;
}

export function overMemory(): Promise<Summary> {
  return throughChannel(answeredLink());
}

export async function overTcp(): Promise<Summary> {
  const responder = await startResponder('tcp');
  return throughChannel(await openTransport(`tcp://127.0.0.1:${responder.where}`)).finally(responder.close);
}

export async function overPty(): Promise<Summary> {
  const responder = await startResponder('pty');
  return throughChannel(await openTransport(responder.where)).finally(responder.close);
}

/** A link in memory with the responder at its other end, in this process. */
export function answeredLink(): Duplex {
  const [near, far] = memoryLink();
  far.on('data', (chunk: Buffer) => {
    for (const byte of chunk) if (byte === 0x0d) far.write(ANSWER);
  });
  far.on('error', () => {});
  return near;
}
