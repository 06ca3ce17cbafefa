const NAMED: Readonly<Record<string, string>> = { '\r': '\\r', '\n': '\\n', '\t': '\\t', '\\': '\\\\' };

/**
 * Bytes as one readable line: printable ASCII as it is; `\r`, `\n`, `\t`, `\\` and `\xNN` for the rest.
 * A string is taken as latin1, one character a byte.
 */
export function escapeBytes(bytes: Uint8Array | string): string {
  const text = typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString('latin1');
  return text.replace(
    /[^\x20-\x5b\x5d-\x7e]/g,
    (char) => NAMED[char] ?? `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}

/** The inverse of `escapeBytes`. */
export function unescapeBytes(text: string): Buffer {
  const plain = text.replace(/\\(?:x([0-9a-fA-F]{2})|([rnt\\]))/g, (_all, hex, name) =>
    hex === undefined
      ? ({ r: '\r', n: '\n', t: '\t', '\\': '\\' }[name as 'r' | 'n' | 't' | '\\'] as string)
      : String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(plain, 'latin1');
}
