import type { FaultDefinition } from './fault.js';

export const URC_SETTING: FaultDefinition = {
  name: 'urc-setting',
  help: 'result URCs come only after AT+LMQTTCFG="urc",0,1',
  create: () => ({ resultsNeedUrcSetting: true }),
};
