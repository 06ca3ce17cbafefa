/** Every so many messages a large one, and one of all byte values. */
const LARGE_EVERY = 50;
const BINARY_EVERY = 5;

/** The payload of a message: its number, then filler that follows from the number, so that the far end can check it. */
export function payloadOf(sequence: number): Buffer {
  const length = sequence % LARGE_EVERY === 0 ? 3_000 : (sequence * 37) % 300;
  const filler = Buffer.alloc(length);
  const binary = sequence % BINARY_EVERY === 0;
  for (let at = 0; at < length; at += 1)
    filler[at] = binary ? (at + sequence) % 256 : 0x61 + ((at + sequence) % 26);
  return Buffer.concat([Buffer.from(`${sequence} `), filler]);
}

/** The number of a message, or undefined if the payload is not exactly what was sent. */
export function sequenceOf(payload: Buffer): number | undefined {
  const [digits = ''] = /^\d{1,9}/.exec(payload.subarray(0, 9).toString('latin1')) ?? [];
  if (digits === '') return undefined;
  return payloadOf(Number(digits)).equals(payload) ? Number(digits) : undefined;
}
