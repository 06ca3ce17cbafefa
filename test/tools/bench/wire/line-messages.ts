/** To the line: is answered with a `LineReport`. */
export type ToLine = 'reset' | 'report';

/** To the module: so many messages of so many bytes are published to it. */
export interface Flood {
  readonly count: number;
  readonly bytes: number;
}

/** What passed the line since the last reset. */
export interface LineReport {
  /** Bytes to the module. */
  readonly written: number;
  /** Bytes from the module. */
  readonly read: number;
  /** ms from the first byte to the module to the last `OK` from it. */
  readonly elapsed: number;
  /** ms of it in which the TE had the word and did not speak: ours. */
  readonly te: number;
  /** ms of it in which the TA had the word: the module's own time. */
  readonly ta: number;
}
