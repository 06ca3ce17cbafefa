import type { SessionOptions } from '../dialect.js';
import { CONNECTION_ID } from './limits.js';
import type { Profile } from './profiles.js';
import type { SettingValues } from './settings/settings.js';
import { tripleSettings } from './triple-settings.js';

/** A setting to be written before LMQTTOPEN. */
export interface PlannedSetting {
  readonly setting: SettingValues & { readonly id: number };
  /** What follows if the module refuses it; undefined: the connect fails. */
  readonly consequence?: string;
}

/** TLS context used for `mqtts://`; which certificates it holds is not known [A]. */
const TLS_CONTEXT = 0;

/** MQTT 3.1.1 is what the module speaks if nobody says otherwise [A]. */
const DEFAULT_VERSION = 4;

/**
 * All settings of a session but `recv/mode`, in the order of the field code [C]. Each connect writes all of them again,
 * as LMQTTCLOSE forgets them [T]. What the module would do anyway, or can do without, is not worth a failure.
 */
export function plannedSettings(options: SessionOptions, profile: Profile): PlannedSetting[] {
  const planned: (Omit<PlannedSetting, 'setting'> & { readonly values: SettingValues })[] = [
    {
      values: { key: 'urc', enabled: true },
      consequence: 'the module decides itself whether it reports results',
    },
    {
      values: { key: 'cache', announceOnly: options.buffered },
      ...(options.buffered ? {} : { consequence: 'messages may only be announced; they are fetched then' }),
    },
    { values: { key: 'keepalive', seconds: options.keepalive } },
    { values: { key: 'session', clean: options.clean } },
    {
      values: { key: 'version', version: options.protocolVersion },
      ...(options.protocolVersion === DEFAULT_VERSION
        ? { consequence: 'the module chooses the MQTT version' }
        : {}),
    },
  ];
  const { will } = options;
  if (will !== undefined) {
    const { payload: message, ...rest } = will;
    planned.push({ values: { key: 'will', will: { ...rest, message } } });
  }
  if (options.broker.tls) planned.push({ values: { key: 'sslenable', enabled: true, context: TLS_CONTEXT } });
  if (options.triple !== undefined) {
    planned.push(...tripleSettings(options.triple).map((values) => ({ values })));
  }
  if (profile.sendFormat === 'hex') planned.push({ values: { key: 'send/mode', format: 1 } });
  return planned.map(({ values, ...rest }) => ({ setting: { ...values, id: CONNECTION_ID }, ...rest }));
}
