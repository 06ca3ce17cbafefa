/**
 * One line from the module, without its line end. `text` is wire text: latin1, one character a byte.
 * A line with a length-counted payload has the header up to the payload in `text` and the bytes in `payload`.
 */
export interface Line {
  readonly text: string;
  readonly payload?: Buffer;
}

/** Where a counted payload stands in a line. */
export interface CountedSpan {
  /** Index of the first character behind the header; a double quote there is looked at by the digester. */
  readonly start: number;
  /** Bytes of the payload. */
  readonly length: number;
}

/** Recognises the header of a line whose payload is counted. It sees the line as far as its first LF. */
export type CountedHeader = (text: string) => CountedSpan | undefined;

/** What asks the TE for a payload. */
export interface Prompt {
  readonly text: string;
  /** It is a line with a line end after it; else the rest of its line is the payload's. */
  readonly wholeLine: boolean;
}

/** TS 27.005 3.5.1: CR LF, `>`, space. */
export const ANGLE_SPACE: Prompt = { text: '> ', wholeLine: false };
