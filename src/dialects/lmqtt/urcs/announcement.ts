import type { Urc } from '../../../at/urc.js';
import { CONNECTION, MESSAGE_ID } from '../fields.js';
import { RECEIVED } from './message.js';
import { taggedUrc } from './tagged-urc.js';

/** A downlink that waits in the module, to be fetched with `READ`. */
export interface Announcement {
  readonly id: number;
  readonly messageId: number;
}

/** `+LMQTTURC: RECV,<id>,<msgID>`: `cache` 1: lmqtt.md 6 [M]. */
export const ANNOUNCED_MESSAGE: Urc<Announcement> = taggedUrc<Announcement>(RECEIVED, {
  id: CONNECTION,
  messageId: MESSAGE_ID,
});
