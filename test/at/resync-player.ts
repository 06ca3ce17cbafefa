import type { Line } from '../../src/at/line.js';
import { Resync, type ResyncAction, type ResyncOptions } from '../../src/at/resync.js';
import { escapeBytes } from '../../src/util/escape.js';

/** A name, options, and what is said to each event; the first event is `start`. */
export type Row = readonly [
  name: string,
  options: Partial<ResyncOptions>,
  steps: ReadonlyArray<readonly [event: string, said: string]>,
];

function say(action: ResyncAction): string {
  if (action.type === 'write') return `${escapeBytes(action.bytes)} ${action.wait}`;
  return action.type === 'wait' ? `wait ${action.wait}` : action.type;
}

/** What it says to `start`, then to these events: `-` an elapsed wait, `=` a blocked one, `P` a prompt, `R` a restart. */
export function play(options: Partial<ResyncOptions>, events: readonly string[]): string[] {
  const resync = new Resync({ reason: 'late', tries: 8, interval: 10, ...options });
  return [say(resync.start()), ...events.map((event) => hear(resync, event))];
}

function hear(resync: Resync, event: string): string {
  if (event === '-') return say(resync.elapsed());
  if (event === '=') return say(resync.blocked());
  if (event === 'P') return say(resync.prompt());
  if (event === 'R') {
    resync.restarted();
    return 'restarted';
  }
  const line: Line = { text: event };
  return resync.takes(line) ? say(resync.line(line)) : 'refused';
}
