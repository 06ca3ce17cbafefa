import type { Option } from 'commander';
import { seconds } from '../values.js';

/** Options that a profile keeps, by the names that commander gives their values: where the module and the broker are. */
const KEPT: ReadonlySet<string> = new Set([
  'port',
  'baud',
  'startTimeout',
  'broker',
  'id',
  'username',
  'pw',
  'keepalive',
  'disableCleanSession',
  'willTopic',
  'willPayload',
  'willQos',
  'willRetain',
  'module',
  'registrationTimeout',
  'connectTimeout',
  'maxInflight',
  'buffered',
  'region',
  'aliyunHost',
  'ledger',
  'passphraseFile',
  'sign',
]);

/** A profile: values as they would be typed, by the long names of their options; true for a flag. */
export type ProfileValues = Readonly<Record<string, string | true>>;

/** `scheme://user:password@host` as groups: what is in front of the password, and what is behind it. */
const PASSWORD_IN_URL = /^([a-z][a-z\d+.-]*:\/\/[^/?#]*?):[^/?#]*(@[^@/?#]*(?:[/?#].*)?)$/is;

export function isKept(option: Option): boolean {
  return KEPT.has(option.attributeName());
}

/** The long name, without the dashes. */
export function keyOf(option: Option): string {
  return (option.long ?? '').replace(/^--/, '');
}

/** The value as it would be typed. */
export function typedValue(option: Option, value: unknown): string | true {
  if (value === true) return true;
  return option.parseArg === seconds ? String(Number(value) / 1000) : String(value);
}

/** The values without passwords, and whether there were any. */
export function withoutSecrets(values: ProfileValues): {
  readonly values: ProfileValues;
  readonly removed: boolean;
} {
  const { pw, ...rest } = values;
  const broker = typeof rest.broker === 'string' ? rest.broker : undefined;
  const open = broker?.replace(PASSWORD_IN_URL, '$1$2');
  const kept = open === undefined ? rest : { ...rest, broker: open };
  return { values: kept, removed: pw !== undefined || open !== broker };
}

/** The values with `***` for passwords, to be shown. */
export function maskedValues(values: ProfileValues): ProfileValues {
  const masked = Object.entries(values).map(([key, value]): [string, string | true] => {
    if (key === 'pw') return [key, '***'];
    return [key, typeof value === 'string' ? value.replace(PASSWORD_IN_URL, '$1:***$2') : value];
  });
  return Object.fromEntries(masked);
}
