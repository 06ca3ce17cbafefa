import { ArgumentError } from '../../errors/kinds.js';
import type { GlobalOptions } from '../options/global-options.js';

/** What is shown of a recording, and how. */
export interface ShowOptions extends GlobalOptions {
  readonly file: string;
  /** `text`, or `/regex/` with flags; in the wire text and in the words for it. */
  readonly filter?: string;
  readonly direction?: '>' | '<';
  readonly urcs?: boolean;
  readonly from?: string;
  readonly to?: string;
  readonly decode: boolean;
  readonly summary?: boolean;
}

export interface ReplayOptions extends ShowOptions {
  /** How many times faster than it was; infinity for `max`. */
  readonly speed?: number;
}

/** A time within a recording: ms since its first entry, or ms since 1970. */
export type Bound = { readonly elapsed: number } | { readonly at: number };

/** `12.5`, `+12.5` or `12.5s`: seconds since the first entry; else a time as in the file. Throws an `ArgumentError`. */
export function parseBound(field: string, text: string): Bound {
  const seconds = /^\+?(\d+(?:\.\d+)?)s?$/.exec(text)?.[1];
  if (seconds !== undefined) return { elapsed: Number(seconds) * 1000 };
  const at = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(at)) return { at };
  throw new ArgumentError(
    field,
    JSON.stringify(text),
    'seconds since the start, or a time such as 2026-11-20T11:00:00Z',
  );
}

/** Whether a text is found. Throws an `ArgumentError` for a regex that is none. */
export function parseFilter(filter: string): (text: string) => boolean {
  const [, source, flags = ''] = /^\/(.*)\/([a-z]*)$/s.exec(filter) ?? [];
  if (source === undefined) return (text) => text.includes(filter);
  try {
    // Matches start where they are looked for: `g` and `y` would remember the last one.
    const regex = new RegExp(source, flags.replace(/[gy]/g, ''));
    return (text) => regex.test(text);
  } catch (error) {
    throw new ArgumentError(
      'filter',
      JSON.stringify(filter),
      `a text or a /regex/ (${(error as Error).message})`,
    );
  }
}
