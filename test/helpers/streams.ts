import type { Duplex } from 'node:stream';

/** Writes and resolves with what the callback was given. */
export function writeTo(stream: Duplex, bytes: Uint8Array | string): Promise<Error | null | undefined> {
  return new Promise((resolve) => {
    stream.write(bytes, resolve);
  });
}

/** Resolves with the next `count` bytes that the stream gives. */
export function readFrom(stream: Duplex, count: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const onData = (chunk: Buffer) => {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes < count) return;
      forget();
      resolve(Buffer.concat(chunks));
    };
    const onClose = () => reject(new Error(`closed after ${bytes} of ${count} bytes`));
    const forget = () => {
      stream.off('data', onData);
      stream.off('close', onClose);
    };
    stream.on('data', onData);
    stream.on('close', onClose);
  });
}

/** Every `error` and `close` of the stream from now on; `closed` settles with the list at `close`. */
export function endings(stream: Duplex): { readonly events: unknown[]; readonly closed: Promise<unknown[]> } {
  const events: unknown[] = [];
  stream.on('error', (error) => events.push(error));
  const closed = new Promise<unknown[]>((resolve) => {
    stream.on('close', () => {
      events.push('close');
      resolve(events);
    });
  });
  return { events, closed };
}

/** Each byte value once. */
export const ALL_BYTES = Buffer.from(Array.from({ length: 256 }, (_, value) => value));

/** 100 kB in which every byte tells its place, so that a lost or doubled one is seen. */
export const LARGE = Buffer.from(Array.from({ length: 100_000 }, (_, at) => (at * 31 + (at >> 8)) & 0xff));
