import type { Parameter } from '../../../at/parameters.js';
import { type FieldList, formatFields, parseFields } from '../field-list.js';

/** The values of one key of `LMQTTCFG`, in both directions. */
export interface SettingCodec<V extends { readonly key: string }> {
  /** The parameters behind `<id>`. */
  format(values: V): string;
  parse(parameters: readonly Parameter[]): V | undefined;
}

/** A key whose values are a plain list of fields; errors name them `<key>.<field>`. */
export function settingCodec<V extends { readonly key: string }>(
  key: V['key'],
  fields: FieldList<Omit<V, 'key'>>,
): SettingCodec<V> {
  return {
    format: (values) => formatFields<Omit<V, 'key'>>(fields, values, `${key}.`),
    parse: (parameters) => {
      const values = parseFields<Omit<V, 'key'>>(fields, parameters);
      return values && ({ key, ...values } as V);
    },
  };
}
