import type { Command } from '../../at/command.js';
import type { Urc } from '../../at/urc.js';
import { CLOSE } from './commands/close.js';
import { CONFIG } from './commands/config.js';
import { CONFIG_QUERY } from './commands/config-query.js';
import { CONNECT } from './commands/connect.js';
import { CONNECT_STATE } from './commands/connect-state.js';
import { DISCONNECT } from './commands/disconnect.js';
import { OPEN } from './commands/open.js';
import { PUBLISH } from './commands/publish.js';
import { READ } from './commands/read.js';
import { SUBSCRIBE_UNSUBSCRIBE } from './commands/subscribe.js';
import { ANNOUNCED_MESSAGE } from './urcs/announcement.js';
import { COUNTED_MESSAGE } from './urcs/counted-message.js';
import { BARE_HEX_MESSAGE, HEX_MESSAGE } from './urcs/hex-message.js';
import { LINE_MESSAGE } from './urcs/line-message.js';
import { SESSION_STATUS } from './urcs/status.js';

/** Every command of the dialect. */
export const COMMANDS: readonly Command<unknown, unknown>[] = [
  CONFIG,
  CONFIG_QUERY,
  OPEN,
  CONNECT,
  CONNECT_STATE,
  SUBSCRIBE_UNSUBSCRIBE,
  PUBLISH,
  READ,
  DISCONNECT,
  CLOSE,
];

/** Every unsolicited result code that is not the result of a command. */
export const URCS: readonly Urc<unknown>[] = [
  COUNTED_MESSAGE,
  HEX_MESSAGE,
  BARE_HEX_MESSAGE,
  LINE_MESSAGE,
  ANNOUNCED_MESSAGE,
  SESSION_STATUS,
];
