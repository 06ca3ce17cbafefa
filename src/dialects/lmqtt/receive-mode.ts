import type { CommandPort, ExecuteOptions } from '../../at/command-port.js';
import type { Urc } from '../../at/urc.js';
import { CommandError } from '../../errors/kinds.js';
import type { Degradation } from '../dialect.js';
import { CONFIG } from './commands/config.js';
import { CONNECTION_ID } from './limits.js';
import type { ReceiveModeSetting } from './settings/message-settings.js';
import { COUNTED_MESSAGE } from './urcs/counted-message.js';
import { BARE_HEX_MESSAGE, HEX_MESSAGE } from './urcs/hex-message.js';
import { LINE_MESSAGE } from './urcs/line-message.js';
import type { Message } from './urcs/message.js';

interface ReceiveMode {
  readonly setting: ReceiveModeSetting;
  readonly urc: Urc<Message>;
  /** What using this one means. */
  readonly consequence?: string;
}

/** lmqtt.md 6, from the best to the last that is safe for every byte. */
const MODES: readonly ReceiveMode[] = [
  { setting: { key: 'recv/mode', format: 0, showLength: true }, urc: COUNTED_MESSAGE },
  {
    setting: { key: 'recv/mode', format: 1, showLength: true },
    urc: HEX_MESSAGE,
    consequence: 'messages come in hex, at half the speed',
  },
  {
    setting: { key: 'recv/mode', format: 1, showLength: false },
    urc: BARE_HEX_MESSAGE,
    consequence:
      'messages come in hex without their length, at half the speed: bytes that the line loses may go unnoticed',
  },
];

/** The setting behind a form of downlinks; undefined for lines. */
export function receiveModeOf(urc: Urc<Message>): ReceiveModeSetting | undefined {
  return MODES.find((mode) => mode.urc === urc)?.setting;
}

/** Whoever may publish to a subscribed topic can write what looks like any line of the module. */
const LINE_CONSEQUENCE =
  'messages come as lines: a payload with a line end in it cannot be received whole, and what stands behind its ' +
  'line end is taken for lines of the module, so a hostile publisher can forge results and restarts';

/**
 * Asks for the best form of downlinks that the module grants, and returns its declaration. What it refuses is told;
 * if it refuses all, downlinks come as lines.
 */
export async function negotiateReceiveMode(
  port: CommandPort,
  options: ExecuteOptions,
  degraded: (degradation: Degradation) => void,
): Promise<Urc<Message>> {
  for (const { setting, urc, consequence } of MODES) {
    try {
      await port.execute(CONFIG, { ...setting, id: CONNECTION_ID }, options);
    } catch (error) {
      if (error instanceof CommandError) continue;
      throw error;
    }
    if (consequence !== undefined) degraded({ setting: 'recv/mode', consequence, refusedBy: 'module' });
    return urc;
  }
  degraded({ setting: 'recv/mode', consequence: LINE_CONSEQUENCE, refusedBy: 'module' });
  return LINE_MESSAGE;
}
