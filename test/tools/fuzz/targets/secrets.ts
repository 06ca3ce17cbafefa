import assert from 'node:assert/strict';
import fc from 'fast-check';
import { TimeoutError } from '../../../../src/errors/kinds.js';
import { maskSecrets } from '../../../../src/errors/secrets.js';
import { formatTrace } from '../../../../src/transport/trace.js';
import { DirectionRecorder } from '../../../../src/transport/trace-recorder.js';
import { escapeBytes } from '../../../../src/util/escape.js';
import type { Target } from '../campaign.js';
import { chunkSizes, chunks, wireText } from '../wire.js';

const SECRET = 'hunter2';

const LINES = [
  `AT+LMQTTCONN=0,"meter-7","user","${SECRET}"`,
  `AT+LMQTTCFG="aliauth",0,"a1X2bEnP82z","example1","${SECRET}"`,
  `+LMQTTCFG: "aliauth","a1X2bEnP82z","example1","${SECRET}"`,
];

/** A byte that an UART loses or garbles, or one too many; the secret itself stays readable. */
const garbled = fc
  .record({
    line: fc.constantFrom(...LINES),
    at: fc.nat({ max: 100 }),
    kind: fc.constantFrom('none', 'lost', 'changed', 'added'),
    byte: fc.integer({ min: 0x20, max: 0xff }),
  })
  .map(({ line, at, kind, byte }) => {
    const secretAt = line.indexOf(SECRET);
    const outside = at % (line.length - SECRET.length);
    const place = outside < secretAt ? outside : outside + SECRET.length;
    if (kind === 'none') return line;
    const insert = kind === 'lost' ? '' : String.fromCharCode(byte);
    return line.slice(0, place) + insert + line.slice(kind === 'added' ? place : place + 1);
  });

export const MASKING: Target = {
  name: 'masking',
  weight: 15,
  property: fc.property(garbled, fc.boolean(), (line, escaped) => {
    const text = escaped ? escapeBytes(`${line}\r\n`) : line;
    assert(!maskSecrets(text).includes(SECRET), text);
    const error = new TimeoutError('response', 1, { command: text, lines: [text] });
    const answered = maskSecrets(`${LINES[0]}: the module answered ${text}`);
    assert(!answered.includes(SECRET), answered);
    assert(!`${error.message} ${error.command} ${error.lines} ${error.stack}`.includes(SECRET), text);
  }),
};

/** What a trace shows of chunks, and of the echo of each if `turns`: the direction then ends the entry. */
function traced(parts: readonly Buffer[], secrets: boolean, flushed: boolean): string[] {
  const shown: string[] = [];
  const recorder = new DirectionRecorder((gathered) => {
    const line = formatTrace({ ...gathered, direction: '>' });
    assert.match(line, /^[\x20-\x7e]+$/);
    shown.push(gathered.bytes.toString('latin1'));
  }, secrets);
  for (const part of parts) {
    recorder.add(part);
    if (flushed) recorder.flush();
  }
  recorder.flush();
  return shown;
}

export const TRACES: Target = {
  name: 'traces',
  weight: 10,
  property: fc.property(wireText, chunkSizes, fc.boolean(), (text, sizes, flushed) => {
    assert.equal(traced(chunks(text, sizes), true, flushed).join(''), text);
    const secret = `${text}\r\n${LINES[0]}\r\n${text}`;
    assert(!traced(chunks(secret, sizes), false, flushed).join('').includes(SECRET));
  }),
};
