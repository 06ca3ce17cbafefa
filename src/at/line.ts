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
