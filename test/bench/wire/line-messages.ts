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
}
