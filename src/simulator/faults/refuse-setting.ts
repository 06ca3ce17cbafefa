import { textArgument } from './argument.js';
import type { FaultDefinition } from './fault.js';

export const REFUSE_SETTING: FaultDefinition = {
  name: 'refuse-setting',
  parameter: '=<key>[,<values>]',
  help: 'AT+LMQTTCFG of this key, or with these values only (recv/mode,0,1), is an ERROR; repeatable',
  repeatable: true,
  create: (argument) => {
    const refused = textArgument('refuse-setting', argument);
    return { refusesSetting: (key, values) => refused === key || refused === `${key},${values}` };
  },
};
