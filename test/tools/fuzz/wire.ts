import { readdirSync, readFileSync } from 'node:fs';
import fc, { type Arbitrary } from 'fast-check';
import { unescapeBytes } from '../../../src/util/escape.js';

/** Relative to the root of the package, where npm runs its scripts: the compiled runner lies in another folder. */
const TRANSCRIPTS = 'fixtures/transcripts/';

/** Every step of every golden transcript, wire text (latin1). */
export const STEPS: readonly string[] = readdirSync(TRANSCRIPTS)
  .filter((file) => file.endsWith('.txt'))
  .sort()
  .flatMap((file) => readFileSync(TRANSCRIPTS + file, 'latin1').split('\n'))
  .filter((line) => /^[<>] /.test(line))
  .map((line) => unescapeBytes(line.slice(2)).toString('latin1'));

/** What a parser could trip over. */
const TOKENS: readonly string[] = [
  '\r\n',
  '\n',
  '\r',
  'OK',
  'ERROR',
  '\r\nOK\r\n',
  '+CME ERROR: 10',
  '> ',
  'AT',
  'ATE0',
  '"',
  '","',
  ',',
  ':',
  ';',
  '=',
  '?',
  '-1',
  '0,',
  '5,',
  '8000,',
  '99999,',
  '+LMQTTURC: RECV,0,1,"t",',
  '+LMQTTURC: RECV,0,1,"t",7,',
  '+LMQTTURC: RECV,0,1,"t",0,',
  '+LMQTTREAD: 0,1,"t",3,',
  '+LMQTTPUB: 0,1,0',
  '+LMQTTCFG: "aliauth",',
  '+CEREG: ',
  '+CSQ: 1,2',
  "^boot.rom'v1!\n",
  'RDY',
  'NORMAL POWER DOWN',
  '\0',
  '\x1b',
  '\x80\xff',
];

const bytes = fc.uint8Array({ maxLength: 24 }).map((some) => Buffer.from(some).toString('latin1'));
const step = fc.constantFrom(...STEPS);

interface Edit {
  readonly at: number;
  readonly remove: number;
  readonly insert: string;
}

const edit: Arbitrary<Edit> = fc.record({
  at: fc.nat({ max: 120 }),
  remove: fc.nat({ max: 3 }),
  insert: fc.oneof(fc.constant(''), fc.constantFrom(...TOKENS), bytes),
});

/** The text after some bytes of it were lost, garbled or doubled. */
export function mutated(text: Arbitrary<string>): Arbitrary<string> {
  return fc
    .tuple(text, fc.array(edit, { maxLength: 3 }))
    .map(([original, edits]) => edits.reduce(applyEdit, original));
}

function applyEdit(text: string, { at, remove, insert }: Edit): string {
  const start = text.length === 0 ? 0 : at % (text.length + 1);
  return text.slice(0, start) + insert + text.slice(start + remove);
}

/** What could come over the wire, wire text (latin1). */
export const wireText: Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(...TOKENS), mutated(step), bytes), { maxLength: 8 })
  .map((parts) => parts.join(''));

/** One line without a line end that could be meant for any declaration. */
export const hostileLine: Arbitrary<string> = fc.oneof(
  mutated(step).map((text) => text.replace(/[\r\n]/g, '')),
  wireText.map((text) => text.replace(/[\r\n]/g, '')),
);

/** Sizes of chunks, used in turn. */
export const chunkSizes: Arbitrary<readonly number[]> = fc.array(fc.integer({ min: 1, max: 40 }), {
  minLength: 1,
  maxLength: 6,
});

/** The text in chunks of these sizes, which are used in turn. */
export function chunks(text: string, sizes: readonly number[]): Buffer[] {
  const all = Buffer.from(text, 'latin1');
  const parts: Buffer[] = [];
  let at = 0;
  while (at < all.length) {
    const size = sizes[parts.length % sizes.length] ?? 1;
    parts.push(all.subarray(at, at + size));
    at += size;
  }
  return parts;
}
