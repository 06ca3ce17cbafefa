import { CONFIG, CONFIG_QUERY } from '../../dialects/lmqtt/connection-commands.js';
import { codecOf, type SettingValues } from '../../dialects/lmqtt/settings.js';
import { mustPrecedeOpen } from '../mqtt/settings.js';
import { answering } from './behaviour.js';
import { foreignConnection, NOT_ALLOWED } from './refusals.js';

/** `LMQTTCFG`: lmqtt.md 2 [M]. A setting that comes too late is refused with `+CME ERROR: 3` [A]. */
export const config = [
  answering(CONFIG, {
    refuse: ({ stack, faults }, setting) => {
      const { id, key } = setting;
      const values = codecOf(key).format(setting);
      if (faults.ask((fault) => fault.refusesSetting?.(key, values))) return 'ERROR';
      if (mustPrecedeOpen(key) && stack.state !== 'closed') return NOT_ALLOWED;
      return foreignConnection(id);
    },
    answer: ({ settings, faults }, { id: _, ...values }) => {
      settings.write(faults.ask((fault) => fault.stores?.(values)) ?? values);
      return null;
    },
  }),
  answering(CONFIG_QUERY, {
    refuse: ({ settings, faults }, { id, key }) =>
      settings.find(key) === undefined || faults.ask((fault) => fault.refusesQuery?.(key))
        ? 'ERROR'
        : foreignConnection(id),
    // Without values it has been refused.
    answer: ({ settings }, { key }) => settings.find(key) as SettingValues,
  }),
];
