import type { Urc } from '../../../at/urc.js';
import { CONNECTION, optional, RESULT } from '../fields.js';
import { taggedUrc } from './tagged-urc.js';

export interface SessionStatus {
  readonly id: number;
  /** As in `SESSION_STATES`; anything but 0 means that the session is gone. */
  readonly status: number;
  /** With status 15 the return code of the broker. */
  readonly extend?: number;
}

/** `+LMQTTURC: STATS,<id>,<n>[,<extend>]`: lmqtt.md 6 [M]. */
export const SESSION_STATUS: Urc<SessionStatus> = taggedUrc<SessionStatus>(
  { name: '+LMQTTURC', tag: 'STATS,' },
  { id: CONNECTION, status: RESULT, extend: optional(RESULT) },
);
