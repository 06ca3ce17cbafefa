import type { CommandPort, ExecuteOptions } from '../../at/command-port.js';
import type { Urc } from '../../at/urc.js';
import { CommandError } from '../../errors/kinds.js';
import { ModemError } from '../../errors/modem-error.js';
import type { Degradation, SessionOptions } from '../dialect.js';
import { CONFIG } from './commands/config.js';
import { CONFIG_QUERY } from './commands/config-query.js';
import { CONNECTION_ID as id } from './limits.js';
import type { Profile } from './profiles.js';
import { negotiateReceiveMode } from './receive-mode.js';
import { type Dispensable, plannedSettings } from './session-settings.js';
import type { SettingKey } from './settings/settings.js';
import type { Message } from './urcs/message.js';

/** Writes all settings of a session, and returns the form in which downlinks will come. What is refused is told. */
export async function configure(
  port: CommandPort,
  session: { readonly options: SessionOptions; readonly profile: Profile },
  options: ExecuteOptions,
  degraded: (degradation: Degradation) => void,
): Promise<Urc<Message>> {
  for (const { setting, dispensable } of plannedSettings(session.options, session.profile)) {
    try {
      await port.execute(CONFIG, setting, options);
    } catch (error) {
      if (dispensable === undefined || !(error instanceof CommandError)) throw error;
      const consequence = await consequenceOf(port, setting.key, dispensable, options);
      if (consequence !== undefined) degraded({ setting: setting.key, consequence, refusedBy: 'module' });
    }
  }
  return negotiateReceiveMode(port, options, degraded);
}

/** A module that refuses to switch off what is off has lost nothing; one that does not tell may have it on [A]. */
async function consequenceOf(
  port: CommandPort,
  key: SettingKey,
  { consequence, satisfiedBy }: Dispensable,
  options: ExecuteOptions,
): Promise<string | undefined> {
  if (satisfiedBy === undefined) return consequence;
  const told = await port.execute(CONFIG_QUERY, { key, id }, options).catch(unlessNotTold);
  return told !== undefined && satisfiedBy(told) ? undefined : consequence;
}

function unlessNotTold(error: unknown): undefined {
  if (error instanceof ModemError && (error.code === 'COMMAND_FAILED' || error.code === 'BAD_RESPONSE'))
    return;
  throw error;
}
