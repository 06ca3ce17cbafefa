import { COUNTED_MESSAGE } from '../../../../src/dialects/lmqtt/messages.js';
import { lineBytes } from '../../../../src/simulator/module/wire.js';

/** What a module sends: a name, and wire bytes. */
export interface Flood {
  readonly name: string;
  readonly bytes: Buffer;
  /** Lines in it. */
  readonly lines: number;
}

/** URCs as they come while a module searches, and downlinks with every byte value; about so many bytes of each. */
export function floods(size: number): readonly Flood[] {
  return [
    repeated('URCs', size, lineBytes({ text: '+CEREG: 1,"1A2B","01C3D4E5",7' })),
    repeated('16-byte payloads', size, downlink(16)),
    repeated('8000-byte payloads', size, downlink(8000)),
  ];
}

function repeated(name: string, size: number, one: Buffer): Flood {
  const lines = Math.ceil(size / one.length);
  return { name, bytes: Buffer.concat(Array.from({ length: lines }, () => one)), lines };
}

function downlink(length: number): Buffer {
  const payload = Buffer.from(Array.from({ length }, (_, index) => index % 256));
  const line = COUNTED_MESSAGE.format({ id: 0, messageId: 1, topic: 'down/meter-7', payload });
  return lineBytes(line);
}
