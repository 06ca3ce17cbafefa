import type { Stage } from '../errors/kinds.js';
import { Histogram } from '../util/histogram.js';
import type { DropReason } from './digester.js';

/** What a channel counts. */
export interface ChannelStats {
  /** Command lines written. */
  commands: number;
  /** Time limits that ran out, by stage. */
  readonly timeouts: Record<Stage, number>;
  /** Times the answers had to be brought back into step. */
  resyncs: number;
  /** Lines that no command and no declared URC owned. */
  unknownLines: number;
  /** Final result codes that answered nothing. */
  strayResults: number;
  /** Bytes thrown away, by reason. */
  readonly dropped: Record<DropReason, number>;
  /** From a command line, or its payload, to the final result code. */
  readonly roundTrip: Histogram;
}

export function emptyStats(): ChannelStats {
  return {
    commands: 0,
    timeouts: { queue: 0, write: 0, prompt: 0, response: 0, result: 0 },
    resyncs: 0,
    unknownLines: 0,
    strayResults: 0,
    dropped: { 'too-long': 0, garbage: 0, 'out-of-step': 0, incomplete: 0 },
    roundTrip: new Histogram(),
  };
}
