import { filler } from '../../src/at/filler.js';
import type { Line } from '../../src/at/line.js';
import { Resync } from '../../src/at/resync.js';
import type { ResyncAction, ResyncOptions } from '../../src/at/resync-options.js';
import { escapeBytes } from '../../src/util/escape.js';

/** A name, options, and what is said to each event; the first event is `start`. */
export type Row = readonly [
  name: string,
  options: Partial<ResyncOptions>,
  steps: ReadonlyArray<readonly [event: string, said: string]>,
];

function say(action: ResyncAction, missing: number): string {
  if (action.type === 'write') {
    const text = escapeBytes(action.bytes).replace(escapeBytes(filler(missing)), '<filler>');
    return `${text} ${action.wait}`;
  }
  return action.type === 'wait' ? `wait ${action.wait}` : action.type;
}

/**
 * What it says to `start`, then to these events: `-` an elapsed wait, `=` a blocked one, `P` a prompt, `R` a restart,
 * `~25` 25 ms of a wait. Everything else is a line of the module.
 */
export function play(options: Partial<ResyncOptions>, events: readonly string[]): string[] {
  const resync = new Resync({ reason: 'late', tries: 8, interval: 10, ...options });
  let now = 0;
  let due = 0;
  const tell = (action: ResyncAction) => {
    if ('wait' in action) due = now + action.wait;
    return say(action, options.open?.missing ?? 0);
  };
  return [
    tell(resync.start(now)),
    ...events.map((event) => {
      if (event === '-') now = due;
      if (event.startsWith('~')) now += Number(event.slice(1));
      return hear(resync, event, now, tell);
    }),
  ];
}

function hear(resync: Resync, event: string, now: number, tell: (action: ResyncAction) => string): string {
  if (event === '-') return tell(resync.elapsed(now));
  if (event === '=') return tell(resync.blocked());
  if (event === 'P') return tell(resync.prompt(now));
  if (event.startsWith('~')) return '';
  if (event === 'R') {
    resync.restarted();
    return 'restarted';
  }
  const line: Line = { text: event };
  return resync.takes(line) ? tell(resync.line(line, now)) : 'refused';
}
