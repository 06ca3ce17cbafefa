import type { ChannelStats } from '../at/channel-options.js';
import type { HistogramSummary } from '../util/histogram.js';

/** What a modem has counted since `openModem`, over reopened ports; plain values, fit for JSON. */
export interface ModemStats extends Readonly<Omit<ChannelStats, 'roundTrip'>> {
  /** From a command line, or its payload, to the final result code; ms. */
  readonly roundTrip: HistogramSummary;
  /** Boot and power-down markers. */
  readonly reboots: number;
  /** Times the port was opened. */
  readonly opened: number;
}

/** The counters as they are now. */
export function modemStats(stats: ChannelStats, reboots: number, opened: number): ModemStats {
  return {
    ...stats,
    timeouts: { ...stats.timeouts },
    dropped: { ...stats.dropped },
    roundTrip: stats.roundTrip.summary(),
    reboots,
    opened,
  };
}
