import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkTriple } from '../../../src/cloud/aliyun/triple.js';
import { FileRefusedError } from '../../../src/provisioning/triples/file-refused.js';
import { parseTriples } from '../../../src/provisioning/triples/read-triples.js';
import { writtenFile } from './written-file.js';

const SEED = Number(process.env.ATMQTT_TEST_SEED ?? Date.now() % 2 ** 31);

/** One seed for all, shown with the results. */
const RUNS = { seed: SEED, numRuns: Number(process.env.ATMQTT_TEST_RUNS ?? 300) };

/** A run of this many characters of a secret in a message is a leak. */
const WINDOW = 12;

function leaks(message: string, secrets: readonly string[]): boolean {
  return secrets.some((secret) =>
    Array.from({ length: Math.max(0, secret.length - WINDOW + 1) }, (_none, index) =>
      secret.slice(index, index + WINDOW),
    ).some((part) => message.includes(part)),
  );
}

/** Reads what may be anything: only a refusal may come of it, or triples that can be ones. */
function readAnything(bytes: Uint8Array, secrets: readonly string[] = []): void {
  try {
    for (const { line, triple } of parseTriples(bytes).rows) {
      expect(line).toBeGreaterThan(1);
      checkTriple(triple);
    }
  } catch (error) {
    if (!(error instanceof FileRefusedError)) throw error;
    expect(leaks(error.message, secrets), error.message).toBe(false);
  }
}

/** One byte changed, put in, taken out, or all behind it cut off. */
const damage = fc.record({
  at: fc.nat(),
  byte: fc.oneof(fc.nat(255), fc.constantFrom(...Buffer.from('",;\t\r\n \0'))),
  how: fc.constantFrom('change', 'insert', 'remove', 'cut'),
});

function damaged(bytes: Buffer, { at, byte, how }: { at: number; byte: number; how: string }): Buffer {
  const index = at % (bytes.length + 1);
  const [before, after] = [bytes.subarray(0, index), bytes.subarray(index)];
  if (how === 'cut') return before;
  if (how === 'remove') return Buffer.concat([before, after.subarray(1)]);
  return Buffer.concat([before, Buffer.from([byte]), how === 'insert' ? after : after.subarray(1)]);
}

describe(`files of triples (seed ${SEED})`, () => {
  it('give the same rows in any order of columns, quoting, delimiter, line end and encoding', () => {
    fc.assert(
      fc.property(writtenFile, ({ bytes, encoding, delimiter, rows }) => {
        const file = parseTriples(bytes);
        expect(file.rows).toEqual(rows);
        expect(file.delimiter).toBe(delimiter);
        expect(file.encoding).toBe(encoding);
      }),
      RUNS,
    );
  });

  it('with damage are refused or read, and a refusal shows no secret', () => {
    fc.assert(
      fc.property(
        writtenFile,
        fc.array(damage, { minLength: 1, maxLength: 4 }),
        ({ bytes, rows }, damages) => {
          readAnything(
            damages.reduce(damaged, bytes),
            rows.map(({ triple }) => triple.deviceSecret),
          );
        },
      ),
      RUNS,
    );
  });

  it('that are anything else are refused', () => {
    const fragments = fc.constantFrom(
      ...[
        'DeviceName',
        '设备密钥',
        'pk',
        ',',
        ';',
        '\t',
        '"',
        '\n',
        '\r',
        '\ufeff',
        'sep=',
        '(',
        ')',
        ' ',
        'meter-1',
      ],
    );
    const crafted = fc.array(fragments, { maxLength: 40 }).map((parts) => Buffer.from(parts.join('')));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 400 }), crafted), (bytes) => readAnything(bytes)),
      RUNS,
    );
  });
});
