import type { OneStageCommand } from '../../../at/command.js';
import { informationParameters } from '../../../at/parameters.js';
import { setParameters } from '../field-list.js';
import { CONNECTION } from '../fields.js';
import { CONFIG_LIMITS } from '../limits.js';
import { codecOf, type SettingKey, type SettingValues, settingKey } from '../settings/settings.js';

export interface ConfigQuery {
  readonly key: SettingKey;
  readonly id: number;
}

/**
 * `AT+LMQTTCFG="<key>",<id>` → `+LMQTTCFG: "<key>",<values>` + `OK`; the answer carries no `<id>`: lmqtt.md 2
 * [A, from the sister dialect].
 */
export const CONFIG_QUERY: OneStageCommand<ConfigQuery, SettingValues> = {
  name: '+LMQTTCFG',
  form: 'set',
  request: {
    format: ({ key, id }) => {
      codecOf(key);
      return `AT+LMQTTCFG="${key}",${CONNECTION.format('id', id)}`;
    },
    parse: (line) => {
      const [key, id, ...values] = setParameters(line, '+LMQTTCFG') ?? [];
      const known = key?.quoted === true ? settingKey(key.text) : undefined;
      const connection = CONNECTION.parse(id);
      if (known === undefined || connection === undefined || values.length > 0) return undefined;
      return { key: known, id: connection };
    },
  },
  limits: CONFIG_LIMITS,
  abortable: false,
  response: {
    format: (values) => [{ text: `+LMQTTCFG: "${values.key}",${codecOf(values.key).format(values)}` }],
    parse: (lines) => (lines.length === 1 ? parseAnswer(lines[0]?.text ?? '') : undefined),
    owns: (text) => answeredKey(text) !== undefined,
  },
};

function answeredKey(text: string): SettingKey | undefined {
  const key = informationParameters(text, '+LMQTTCFG')?.[0];
  return key?.quoted === true ? settingKey(key.text) : undefined;
}

function parseAnswer(text: string): SettingValues | undefined {
  const key = answeredKey(text);
  const values = informationParameters(text, '+LMQTTCFG')?.slice(1);
  return key === undefined || values === undefined ? undefined : codecOf(key).parse(values);
}
