import type { CommandPort, ExecuteOptions } from '../../at/command-port.js';
import type { Urc } from '../../at/urc.js';
import { CommandError } from '../../errors/kinds.js';
import type { Degradation, SessionOptions } from '../dialect.js';
import { CONFIG } from './commands/config.js';
import type { Profile } from './profiles.js';
import { negotiateReceiveMode } from './receive-mode.js';
import { plannedSettings } from './session-settings.js';
import type { Message } from './urcs/message.js';

/** Writes all settings of a session, and returns the form in which downlinks will come. What is refused is told. */
export async function configure(
  port: CommandPort,
  session: { readonly options: SessionOptions; readonly profile: Profile },
  options: ExecuteOptions,
  degraded: (degradation: Degradation) => void,
): Promise<Urc<Message>> {
  for (const { setting, consequence } of plannedSettings(session.options, session.profile)) {
    try {
      await port.execute(CONFIG, setting, options);
    } catch (error) {
      if (consequence === undefined || !(error instanceof CommandError)) throw error;
      degraded({ setting: setting.key, consequence });
    }
  }
  return negotiateReceiveMode(port, options, degraded);
}
