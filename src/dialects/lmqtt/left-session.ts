import { isDeepStrictEqual } from 'node:util';
import type { CommandPort } from '../../at/command.js';
import { IMEI } from '../../at/commands/identity.js';
import type { Urc } from '../../at/urc.js';
import type { ErrorCode } from '../../errors/codes.js';
import { ModemError } from '../../errors/modem-error.js';
import type { SessionOptions } from '../dialect.js';
import { CONFIG_QUERY } from './connection-commands.js';
import { CONNECTION_ID as id } from './limits.js';
import type { Message } from './messages.js';
import type { Profile } from './profiles.js';
import { plannedSettings, receiveModeOf } from './session-settings.js';
import { requireConnected } from './session-state.js';
import { codecOf, type SettingKey, type SettingValues } from './settings.js';

/** A session that was up when the module could not be reached any more: it may be up still. */
export interface LeftSession {
  readonly options: SessionOptions;
  readonly profile: Profile;
  /** How its downlinks come. */
  readonly urc: Urc<Message>;
  /** Of the module. */
  readonly imei: string;
}

/** Losses that say nothing about the session. */
const UNREACHABLE: ReadonlySet<ErrorCode> = new Set(['PORT_CLOSED', 'PORT_FAILED', 'NOT_RESPONDING']);

/** What a session of somebody else may have set otherwise; the others do not show in a session that is up. */
const TELLING: ReadonlySet<SettingKey> = new Set([
  'cache',
  'keepalive',
  'session',
  'will',
  'sslenable',
  'aliauth',
  'cloud',
]);

const LEFT = new WeakMap<CommandPort, LeftSession>();

export function leaveBehind(port: CommandPort, session: LeftSession, { code }: ModemError): void {
  if (UNREACHABLE.has(code)) LEFT.set(port, session);
}

/** The session that was left behind, once. */
export function takeLeft(port: CommandPort): LeftSession | undefined {
  const left = LEFT.get(port);
  LEFT.delete(port);
  return left;
}

/**
 * Whether the session that was left behind is up and serves these options as well as a new one. It must be the same
 * module, by its IMEI, and say that it is connected: since a restart nobody has opened a session then but us, or a program
 * that had the port meanwhile. LMQTT tells neither the client id nor the broker, so every setting that another program
 * may have written is read back, and has to be ours; a module that does not tell one is not trusted [A]. Rejects with
 * `ABORTED`, or when the module is gone.
 */
export async function isStillOurs(
  port: CommandPort,
  left: LeftSession,
  options: SessionOptions,
  signal: AbortSignal,
): Promise<boolean> {
  const wanted = wantedSettings(left);
  if (wanted === undefined || !isDeepStrictEqual(left.options, options)) return false;
  try {
    await requireConnected(port, signal);
    if ((await port.execute(IMEI, null, { signal })) !== left.imei) return false;
    for (const { key, satisfiedBy } of wanted) {
      if (!satisfiedBy(await port.execute(CONFIG_QUERY, { key, id }, { signal }))) return false;
    }
    return true;
  } catch (error) {
    if (error instanceof ModemError && UNTOLD.has(error.code)) return false;
    throw error;
  }
}

/** The module has answered, and not what was hoped for. */
const UNTOLD: ReadonlySet<ErrorCode> = new Set(['SESSION_LOST', 'COMMAND_FAILED', 'BAD_RESPONSE', 'TIMEOUT']);

interface Wanted {
  readonly key: SettingKey;
  satisfiedBy(told: SettingValues): boolean;
}

/** Undefined where downlinks come as lines: that no form was granted cannot be read back. */
function wantedSettings({ options, profile, urc }: LeftSession): Wanted[] | undefined {
  const mode = receiveModeOf(urc);
  if (mode === undefined) return undefined;
  const planned = plannedSettings(options, profile)
    .filter(({ setting }) => TELLING.has(setting.key) && !isNoTripleSetting(setting))
    .map(({ setting, dispensable }) => ({
      key: setting.key,
      satisfiedBy: dispensable?.satisfiedBy ?? ((told: SettingValues) => equal(told, setting)),
    }));
  return [...planned, { key: mode.key, satisfiedBy: (told) => equal(told, mode) }];
}

/** `cloud` says that none is in use. */
function isNoTripleSetting(setting: SettingValues): boolean {
  return setting.key === 'aliauth' && setting.productKey === '';
}

function equal(one: SettingValues, other: SettingValues): boolean {
  return one.key === other.key && codecOf(one.key).format(one) === codecOf(other.key).format(other);
}
