/** Two-byte codes of GB18030, which Node decodes and does not encode. */
const CODES = new Map<string, readonly [number, number]>();

const decoder = new TextDecoder('gb18030');
for (let lead = 0x81; lead <= 0xfe; lead += 1) {
  for (let trail = 0x40; trail <= 0xfe; trail += 1) {
    if (trail === 0x7f) continue;
    CODES.set(decoder.decode(Uint8Array.of(lead, trail)), [lead, trail]);
  }
}

/** ASCII, and characters that have a code of two bytes. */
export function encodeGb18030(text: string): Buffer {
  return Buffer.from(
    [...text].flatMap((character) => {
      const code = character.charCodeAt(0);
      if (code < 0x80) return [code];
      const bytes = CODES.get(character);
      if (bytes === undefined) throw new Error(`${character} has no code of two bytes`);
      return [...bytes];
    }),
  );
}
