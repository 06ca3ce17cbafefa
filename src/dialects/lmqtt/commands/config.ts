import { NO_INFORMATION, type Nothing, type OneStageCommand } from '../../../at/command.js';
import { setParameters } from '../field-list.js';
import { CONNECTION } from '../fields.js';
import { CONFIG_LIMITS } from '../limits.js';
import { codecOf, type Setting, settingKey } from '../settings/settings.js';

/**
 * `AT+LMQTTCFG="<key>",<id>,<values>` → `OK` or `ERROR`, 5 s: lmqtt.md 2 [M]. LMQTTCLOSE forgets every
 * setting [T].
 */
export const CONFIG: OneStageCommand<Setting, Nothing> = {
  name: '+LMQTTCFG',
  form: 'set',
  request: {
    format: (setting) => {
      const values = codecOf(setting.key).format(setting);
      return `AT+LMQTTCFG="${setting.key}",${CONNECTION.format('id', setting.id)},${values}`;
    },
    parse: (line) => {
      const [key, id, ...values] = setParameters(line, '+LMQTTCFG') ?? [];
      const known = key?.quoted === true ? settingKey(key.text) : undefined;
      const connection = CONNECTION.parse(id);
      if (known === undefined || connection === undefined || values.length === 0) return undefined;
      const setting = codecOf(known).parse(values);
      return setting && { ...setting, id: connection };
    },
  },
  limits: CONFIG_LIMITS,
  abortable: false,
  response: NO_INFORMATION,
};
