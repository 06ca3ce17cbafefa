import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Digester, type DropReason } from '../../../../src/at/digester.js';
import { ANGLE_SPACE, type Line } from '../../../../src/at/line.js';
import { MAX_PAYLOAD } from '../../../../src/dialects/lmqtt/limits.js';
import { READ } from '../../../../src/dialects/lmqtt/message-commands.js';
import { COUNTED_MESSAGE } from '../../../../src/dialects/lmqtt/messages.js';
import type { Target } from '../campaign.js';
import { chunkSizes, chunks, wireText } from '../wire.js';

type Event =
  | { readonly type: 'line'; readonly line: Line }
  | { readonly type: 'prompt' }
  | { readonly type: 'dropped'; readonly reason: DropReason; readonly bytes: number };

interface Case {
  readonly text: string;
  readonly sizes: readonly number[];
  readonly maxLine: number;
  readonly expectPrompt: boolean;
}

const HEADERS = [COUNTED_MESSAGE.counted, READ.response.counted].filter((header) => header !== undefined);

/** What a digester makes of the chunks; at the end it gives up what is incomplete. */
function digested(parts: readonly Buffer[], { maxLine, expectPrompt }: Case): Event[] {
  const events: Event[] = [];
  const digester = new Digester(
    {
      line: (line) => events.push({ type: 'line', line }),
      prompt: () => {
        events.push({ type: 'prompt' });
        digester.expectedPrompt = undefined;
      },
      dropped: (reason, bytes) => events.push({ type: 'dropped', reason, bytes }),
    },
    { maxLine, countedHeaders: () => HEADERS },
  );
  digester.expectedPrompt = expectPrompt ? ANGLE_SPACE : undefined;
  for (const part of parts) digester.push(part);
  const before = events.length;
  digester.abandon();
  const held = events[before];
  const pending = held?.type === 'dropped' ? held.bytes : 0;
  assert(pending <= 2 * (maxLine + MAX_PAYLOAD) + 100, `${pending} bytes pending`);
  return events;
}

/**
 * Every byte is consumed once, in order: walks through the text with all places at which it can be, as nobody tells
 * of line ends.
 */
function assertConsumed(text: string, events: readonly Event[]): void {
  let places = new Set([0]);
  for (const event of events) {
    places = new Set([...pastLineEnds(text, places)].flatMap((place) => behind(text, place, event)));
    assert(places.size > 0, `no place for ${JSON.stringify(event)}`);
  }
  assert(pastLineEnds(text, places).has(text.length), 'bytes are left');
}

function pastLineEnds(text: string, places: ReadonlySet<number>): Set<number> {
  const reached = new Set(places);
  for (const place of reached) if (text[place] === '\r' || text[place] === '\n') reached.add(place + 1);
  return reached;
}

function behind(text: string, place: number, event: Event): number[] {
  if (event.type === 'prompt') return text.startsWith('> ', place) ? [place + 2] : [];
  if (event.type === 'line') return behindLine(text, place, event.line);
  if (event.reason !== 'garbage') return place + event.bytes <= text.length ? [place + event.bytes] : [];
  let [at, left] = [place, event.bytes];
  for (; left > 0 && at < text.length; at += 1) if (text[at] !== '\r') left -= 1;
  return left === 0 ? [at] : [];
}

function behindLine(text: string, place: number, { text: line, payload }: Line): number[] {
  const content = payload?.toString('latin1') ?? '';
  const forms = payload === undefined ? [line] : [line + content, `${line}"${content}"`];
  return forms
    .filter((form) => text.startsWith(form, place))
    .map((form) => place + form.length)
    .filter((end) => /^\r*\n/.test(text.slice(end, end + 64)));
}

/** What does not depend on how the bytes were cut: everything but the reasons of drops. */
function essence(events: readonly Event[]): unknown {
  const dropped = events.reduce((sum, event) => sum + (event.type === 'dropped' ? event.bytes : 0), 0);
  return { dropped, rest: events.filter(({ type }) => type !== 'dropped') };
}

export const DIGESTER: Target = {
  name: 'digester',
  weight: 30,
  property: fc.property(
    fc.record({
      text: wireText,
      sizes: chunkSizes,
      maxLine: fc.constantFrom(8, 24, 64, 16 * 1024),
      expectPrompt: fc.boolean(),
    }),
    (one) => {
      const events = digested(chunks(one.text, one.sizes), one);
      assertConsumed(one.text, events);
      assert.deepEqual(essence(digested([Buffer.from(one.text, 'latin1')], one)), essence(events));
    },
  ),
};
