import type { Command } from '../../at/command.js';
import type { Urc } from '../../at/urc.js';
import {
  CLOSE,
  CONFIG,
  CONFIG_QUERY,
  CONNECT,
  CONNECT_STATE,
  DISCONNECT,
  OPEN,
} from './connection-commands.js';
import { PUBLISH, READ, SUBSCRIBE_UNSUBSCRIBE } from './message-commands.js';
import {
  ANNOUNCED_MESSAGE,
  BARE_HEX_MESSAGE,
  COUNTED_MESSAGE,
  HEX_MESSAGE,
  LINE_MESSAGE,
  SESSION_STATUS,
} from './messages.js';
import { CELLS, FIRMWARE, ICCID, POWER_OFF, SELECT_SIM_SLOT, SIM_SLOT } from './vendor-commands.js';

/** Every command for MQTT. */
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

/** Every other command of the vendor. */
export const VENDOR_COMMANDS: readonly Command<unknown, unknown>[] = [
  SIM_SLOT,
  SELECT_SIM_SLOT,
  CELLS,
  FIRMWARE,
  ICCID,
  POWER_OFF,
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
