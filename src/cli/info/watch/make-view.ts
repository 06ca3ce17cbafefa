import type { Invocation } from '../../invocation.js';
import type { GlobalOptions } from '../../options/global-options.js';
import { rampFor } from './graph.js';
import { DumbWatch, JsonWatch, PlainWatch } from './line-views.js';
import { LiveWatch } from './live-view.js';
import type { WatchView } from './view.js';

/**
 * JSON if it is asked for; the live graph on a terminal; lines in a pipe, on a terminal whose cursor does not move, and
 * with `--debug`, whose lines would run through the graph. `interval` in ms.
 */
export function makeWatchView(
  { json = false, debug = false }: GlobalOptions,
  interval: number,
  { output }: Pick<Invocation, 'output'>,
  terminal: NodeJS.WriteStream,
): WatchView {
  if (json) return new JsonWatch(output);
  if (!terminal.isTTY) return new PlainWatch(output);
  const ramp = rampFor(process.env);
  // Some serial consoles say that they have no columns.
  const columns = terminal.columns > 0 ? terminal.columns : 80;
  const still = debug || process.env.TERM === 'dumb' || columns !== terminal.columns;
  return still ? new DumbWatch(output, ramp, columns) : new LiveWatch(terminal, interval, ramp);
}
