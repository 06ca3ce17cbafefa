import { checkOneOf } from '../../at/checks.js';
import { isNoTriple } from '../../dialects/lmqtt/settings/cloud-settings.js';
import type { SettingValues } from '../../dialects/lmqtt/settings/settings.js';
import type { FaultDefinition } from './fault.js';

const FIELDS = { secret: 'deviceSecret', name: 'deviceName' } as const;

/** As with flash that wears out, or a module that truncates what it stores. */
export const READ_BACK_DIFFERS: FaultDefinition = {
  name: 'read-back-differs',
  parameter: '[=<field>]',
  help: 'the module stores another one than was written: secret (the DeviceSecret, the default) or name',
  create: (argument = 'secret') => {
    const field = FIELDS[checkOneOf('fault read-back-differs', argument, ['secret', 'name'])];
    return { stores: (values) => garbled(values, field) };
  },
};

/** The triple with another last character; undefined for other settings. */
function garbled(values: SettingValues, field: 'deviceSecret' | 'deviceName'): SettingValues | undefined {
  if (values.key !== 'aliauth' || isNoTriple(values)) return undefined;
  const text = values[field];
  return { ...values, [field]: text.slice(0, -1) + (text.endsWith('0') ? '1' : '0') };
}
