import type { CommandPort } from '../../at/command-port.js';
import type { Urc } from '../../at/urc.js';
import type { Message } from './urcs/message.js';

const FRAMINGS = new WeakMap<CommandPort, () => void>();

/**
 * Keeps the form of downlinks known on the port until another one is granted: the module may go on delivering after a
 * session was given up, and what stands in a payload must not be taken for its lines then.
 */
export function keepFraming(port: CommandPort, urc: Urc<Message>): void {
  FRAMINGS.get(port)?.();
  FRAMINGS.set(
    port,
    port.onUrc(urc, () => {}),
  );
}
