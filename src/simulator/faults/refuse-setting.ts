import { textArgument } from './argument.js';
import type { FaultDefinition } from './fault.js';

export const REFUSE_SETTING: FaultDefinition = {
  name: 'refuse-setting',
  parameter: '=<key>',
  help: 'AT+LMQTTCFG of this key is answered with ERROR; may be given several times',
  repeatable: true,
  create: (argument) => {
    const refused = textArgument('refuse-setting', argument);
    return { refusesSetting: (key) => key === refused };
  },
};
