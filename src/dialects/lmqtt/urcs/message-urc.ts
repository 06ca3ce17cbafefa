import type { Urc } from '../../../at/urc.js';
import { COUNTED_MESSAGE } from './counted-message.js';
import { HEX_MESSAGE } from './hex-message.js';
import { LINE_MESSAGE } from './line-message.js';
import type { Message } from './message.js';

/** How the module hands over a downlink; the lines of the three look alike, so `recv/mode` decides which one holds. */
export type MessageFormat = 'counted' | 'hex' | 'line';

const MESSAGE_URCS: Readonly<Record<MessageFormat, Urc<Message>>> = {
  counted: COUNTED_MESSAGE,
  hex: HEX_MESSAGE,
  line: LINE_MESSAGE,
};

export function messageUrc(format: MessageFormat): Urc<Message> {
  return MESSAGE_URCS[format];
}
