import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SIMULATED_LMQTT } from '../../../src/dialects/lmqtt/simulated/simulated.js';
import type { Mismatch } from '../../../src/simulator/from-trace/differences.js';
import { Play } from '../../../src/simulator/from-trace/play.js';
import { ScriptBuilder, type Turn } from '../../../src/simulator/from-trace/script.js';

interface Step {
  /** What the TE writes, latin1. */
  readonly te: string;
  readonly ta: string;
}

const query = fc
  .constantFrom('AT', 'AT+CSQ', 'AT+CEREG?')
  .map((line): readonly Step[] => [{ te: `${line}\r\n`, ta: `\r\n+CSQ: 27,99\r\n\r\nOK\r\n` }]);

/** Any bytes but the mask: what it hides has no length of its own. */
const payload = fc
  .uint8Array({ minLength: 1, maxLength: 40 })
  .map((bytes) => Buffer.from(bytes).toString('latin1'))
  .filter((text) => !text.includes('***'));

const publish = fc.tuple(fc.integer({ min: 1, max: 65_535 }), payload).map(([id, text]): readonly Step[] => [
  { te: `AT+LMQTTPUB=0,${id},1,0,"t",${text.length}\r\n`, ta: '\r\n> ' },
  { te: text, ta: `\r\nOK\r\n\r\n+LMQTTPUB: 0,${id},0\r\n` },
]);

const session = fc
  .array(fc.oneof(query, publish), { minLength: 1, maxLength: 8 })
  .map((steps) => steps.flat());

/** The text in pieces; the numbers choose where it is cut. */
function pieces(text: string, cuts: readonly number[]): string[] {
  const places = [...new Set(cuts.map((cut) => cut % text.length))]
    .filter((place) => place > 0)
    .sort((a, b) => a - b);
  return [...places, text.length].map((end, index) => text.slice(places[index - 1] ?? 0, end));
}

const { recordings: RECORDINGS } = SIMULATED_LMQTT;

const cuts = fc.array(fc.nat({ max: 1000 }), { maxLength: 6 });

function turnsOf(steps: readonly Step[], where: readonly number[]): readonly Turn[] {
  const builder = new ScriptBuilder(RECORDINGS);
  let line = 0;
  const take = (direction: '>' | '<', text: string) => {
    line += 1;
    const bytes = Buffer.from(text, 'latin1');
    builder.take({ kind: 'entry', line, entry: { time: line, at: line, direction, bytes } });
  };
  for (const { te, ta } of steps) {
    for (const piece of pieces(te, where)) take('>', piece);
    take('<', ta);
  }
  return builder.finish();
}

describe('a play', () => {
  it('gives the recorded bytes, however the bytes of the TE are cut in the recording and now', () => {
    const property = fc.property(session, cuts, cuts, (steps, recorded, written) => {
      let sent = '';
      const mismatches: Mismatch[] = [];
      let ended = 0;
      const play = new Play(turnsOf(steps, recorded), RECORDINGS, Number.POSITIVE_INFINITY, {
        send: (text) => {
          sent += text;
        },
        taken: () => {},
        mismatch: (mismatch) => mismatches.push(mismatch),
        ended: () => {
          ended += 1;
        },
      });
      play.begin();
      for (const { te, ta } of steps) {
        sent = '';
        for (const piece of pieces(te, written)) play.received(Buffer.from(piece, 'latin1'));
        expect(sent).toBe(ta);
      }
      expect(mismatches).toEqual([]);
      expect(ended).toBe(1);
      expect(play.progress.played).toBe(play.progress.total);
    });
    fc.assert(property, { numRuns: 300 });
  });
});
