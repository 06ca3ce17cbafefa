import type { SessionOptions } from '../dialect.js';
import { CONNECTION_ID } from './limits.js';
import type { Profile } from './profiles.js';
import { CLOUD_ALIBABA } from './settings/cloud-settings.js';
import type { SettingValues } from './settings/settings.js';
import { NO_TRIPLE, PLAIN_LOGIN, tripleSettings } from './triple-settings.js';

/** A setting to be written before LMQTTOPEN. */
export interface PlannedSetting {
  readonly setting: SettingValues & { readonly id: number };
  /** What the session can do without; undefined: the connect fails if the module refuses the setting. */
  readonly dispensable?: Dispensable;
}

export interface Dispensable {
  /** What follows from a refusal; undefined: nothing worth telling. */
  readonly consequence?: string;
  /** Whether the module says that the setting is as wanted although it refused to write it. */
  readonly satisfiedBy?: (told: SettingValues) => boolean;
}

type Plan = Omit<PlannedSetting, 'setting'> & { readonly values: SettingValues };

/** TLS context used for `mqtts://`; which certificates it holds is not known [A]. */
const TLS_CONTEXT = 0;

/** MQTT 3.1.1 is what the module speaks if nobody says otherwise [A]. */
const DEFAULT_VERSION = 4;

/**
 * All settings of a session but `recv/mode`, in the order of the field code [C]. Each connect writes all of them, off
 * as well as on: LMQTTCLOSE forgets them [T], but where nothing was open it answers `ERROR`, and what an earlier program
 * has set is in force still (lmqtt.md 2 [A]). What the module would do anyway, or can do without, is not worth a
 * failure.
 */
export function plannedSettings(options: SessionOptions, profile: Profile): PlannedSetting[] {
  const plans: readonly Plan[] = [
    {
      values: { key: 'urc', enabled: true },
      dispensable: { consequence: 'the module decides itself whether it reports results' },
    },
    {
      values: { key: 'cache', announceOnly: options.buffered },
      ...(options.buffered
        ? {}
        : { dispensable: { consequence: 'messages may only be announced; they are fetched then' } }),
    },
    { values: { key: 'keepalive', seconds: options.keepalive } },
    { values: { key: 'session', clean: options.clean } },
    {
      values: { key: 'version', version: options.protocolVersion },
      ...(options.protocolVersion === DEFAULT_VERSION
        ? { dispensable: { consequence: 'the module chooses the MQTT version' } }
        : {}),
    },
    willPlan(options),
    tlsPlan(options),
    ...triplePlans(options),
    sendPlan(profile),
  ];
  return plans.map(({ values, ...rest }) => ({ setting: { ...values, id: CONNECTION_ID }, ...rest }));
}

function willPlan({ will }: SessionOptions): Plan {
  if (will !== undefined) {
    const { payload: message, ...rest } = will;
    return { values: { key: 'will', will: { ...rest, message } } };
  }
  return {
    values: { key: 'will', will: null },
    dispensable: {
      consequence: 'a will that an earlier program has set, if any, is published for this client',
      satisfiedBy: (told) => told.key === 'will' && told.will === null,
    },
  };
}

function tlsPlan({ broker }: SessionOptions): Plan {
  const values = { key: 'sslenable', enabled: broker.tls, context: TLS_CONTEXT } as const;
  if (broker.tls) return { values };
  return {
    values,
    dispensable: {
      consequence: 'TLS that an earlier program has switched on, if any, is on still: mqtt:// fails then',
      satisfiedBy: (told) => told.key === 'sslenable' && !told.enabled,
    },
  };
}

/**
 * Without a triple: an empty one first and then the plain login, as `aliauth` switches `cloud` to Alibaba Cloud on a
 * sister firmware [C]. The plain login is what counts; that it does is assumed for this dialect [A].
 */
function triplePlans({ triple, keepTriple }: SessionOptions): Plan[] {
  if (triple !== undefined) return tripleSettings(triple).map((values) => ({ values }));
  if (keepTriple) return [];
  return [
    { values: NO_TRIPLE, dispensable: {} },
    {
      values: PLAIN_LOGIN,
      dispensable: {
        consequence: 'the module may log in with a triple that an earlier program has set',
        satisfiedBy: (told) => told.key === 'cloud' && told.type !== CLOUD_ALIBABA,
      },
    },
  ];
}

function sendPlan({ sendFormat }: Profile): Plan {
  if (sendFormat === 'hex') return { values: { key: 'send/mode', format: 1 } };
  return {
    values: { key: 'send/mode', format: 0 },
    dispensable: {
      consequence: 'payloads are sent wrong if an earlier program has set hex for them',
      satisfiedBy: (told) => told.key === 'send/mode' && told.format === 0,
    },
  };
}
