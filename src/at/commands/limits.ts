import type { StageLimits } from '../command.js';

/** lmqtt.md 1 [T]: `OK` comes after about half a second; 5 s are allowed. */
export const DEFAULT_LIMITS: StageLimits = { response: 5_000 };

/**
 * Leaving or joining the network can come before the `OK`: TS 27.007 8.2 names no limit, 15 s is what modules of
 * this class document for `+CFUN` and for selecting a SIM [A].
 */
export const RADIO_LIMITS: StageLimits = { response: 15_000 };

/** Looking for networks: TS 27.007 7.3 names no limit, 180 s is what modules of this class document for `+COPS=?` [A]. */
export const SCAN_LIMITS: StageLimits = { response: 180_000 };
