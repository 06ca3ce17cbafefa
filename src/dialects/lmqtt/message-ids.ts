import type { CommandPort } from '../../at/command-port.js';
import { MAX_MESSAGE_ID } from './limits.js';

/** `<msgID>`s in turn, 1–65535: one that ran out of time comes again as late as can be (lmqtt.md 8). */
export class MessageIds {
  #last = 0;

  next(): number {
    this.#last = (this.#last % MAX_MESSAGE_ID) + 1;
    return this.#last;
  }
}

const IDS_OF_PORTS = new WeakMap<CommandPort, MessageIds>();

/** The ids of a module outlive its sessions: a late result of one session answers no request of the next. */
export function messageIdsOf(port: CommandPort): MessageIds {
  const known = IDS_OF_PORTS.get(port);
  if (known !== undefined) return known;
  const ids = new MessageIds();
  IDS_OF_PORTS.set(port, ids);
  return ids;
}
