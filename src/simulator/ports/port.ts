import type { Duplex } from 'node:stream';

/** Where TEs reach a simulated module. */
export interface Port {
  /** What a driver opens: `memory:name`, `tcp://host:port`, or the path of a pseudo-terminal. */
  readonly url: string;
  /** Stops serving and closes the open streams. */
  close(): Promise<void>;
}

export type OnConnection = (stream: Duplex) => void;
