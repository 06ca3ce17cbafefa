import type { CommandPort, ExecuteOptions } from '../../at/command.js';
import type { Urc } from '../../at/urc.js';
import { CommandError } from '../../errors/kinds.js';
import { ModemError } from '../../errors/modem-error.js';
import type { Degradation, SessionOptions } from '../dialect.js';
import { CONFIG, CONFIG_QUERY } from './connection-commands.js';
import { CONNECTION_ID } from './limits.js';
import { BARE_HEX_MESSAGE, COUNTED_MESSAGE, HEX_MESSAGE, LINE_MESSAGE, type Message } from './messages.js';
import type { Profile } from './profiles.js';
import { CLOUD_ALIBABA, type ReceiveModeSetting, type SettingKey, type SettingValues } from './settings.js';
import { NO_TRIPLE, PLAIN_LOGIN, tripleSettings } from './triples.js';

/** A setting to be written before LMQTTOPEN. */
interface PlannedSetting {
  readonly setting: SettingValues & { readonly id: number };
  /** What the session can do without; undefined: the connect fails if the module refuses the setting. */
  readonly dispensable?: Dispensable;
}

interface Dispensable {
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

interface ReceiveMode {
  readonly setting: ReceiveModeSetting;
  readonly urc: Urc<Message>;
  /** What using this one means. */
  readonly consequence?: string;
}

/** lmqtt.md 6, from the best to the last that is safe for every byte. */
const MODES: readonly ReceiveMode[] = [
  { setting: { key: 'recv/mode', format: 0, showLength: true }, urc: COUNTED_MESSAGE },
  {
    setting: { key: 'recv/mode', format: 1, showLength: true },
    urc: HEX_MESSAGE,
    consequence: 'messages come in hex, at half the speed',
  },
  {
    setting: { key: 'recv/mode', format: 1, showLength: false },
    urc: BARE_HEX_MESSAGE,
    consequence:
      'messages come in hex without their length, at half the speed: bytes that the line loses may go unnoticed',
  },
];

/** The setting behind a form of downlinks; undefined for lines. */
export function receiveModeOf(urc: Urc<Message>): ReceiveModeSetting | undefined {
  return MODES.find((mode) => mode.urc === urc)?.setting;
}

/** Whoever may publish to a subscribed topic can write what looks like any line of the module. */
const LINE_CONSEQUENCE =
  'messages come as lines: a payload with a line end in it cannot be received whole, and what stands behind its ' +
  'line end is taken for lines of the module, so a hostile publisher can forge results and restarts';

/**
 * Asks for the best form of downlinks that the module grants, and returns its declaration. What it refuses is told;
 * if it refuses all, downlinks come as lines.
 */
async function negotiateReceiveMode(
  port: CommandPort,
  options: ExecuteOptions,
  degraded: (degradation: Degradation) => void,
): Promise<Urc<Message>> {
  for (const { setting, urc, consequence } of MODES) {
    try {
      await port.execute(CONFIG, { ...setting, id: CONNECTION_ID }, options);
    } catch (error) {
      if (error instanceof CommandError) continue;
      throw error;
    }
    if (consequence !== undefined) degraded({ setting: 'recv/mode', consequence, refusedBy: 'module' });
    return urc;
  }
  degraded({ setting: 'recv/mode', consequence: LINE_CONSEQUENCE, refusedBy: 'module' });
  return LINE_MESSAGE;
}

/** Writes all settings of a session, and returns the form in which downlinks will come. What is refused is told. */
export async function configure(
  port: CommandPort,
  session: { readonly options: SessionOptions; readonly profile: Profile },
  options: ExecuteOptions,
  degraded: (degradation: Degradation) => void,
): Promise<Urc<Message>> {
  for (const { setting, dispensable } of plannedSettings(session.options, session.profile)) {
    try {
      await port.execute(CONFIG, setting, options);
    } catch (error) {
      if (dispensable === undefined || !(error instanceof CommandError)) throw error;
      const consequence = await consequenceOf(port, setting.key, dispensable, options);
      if (consequence !== undefined) degraded({ setting: setting.key, consequence, refusedBy: 'module' });
    }
  }
  return negotiateReceiveMode(port, options, degraded);
}

/** A module that refuses to switch off what is off has lost nothing; one that does not tell may have it on [A]. */
async function consequenceOf(
  port: CommandPort,
  key: SettingKey,
  { consequence, satisfiedBy }: Dispensable,
  options: ExecuteOptions,
): Promise<string | undefined> {
  if (satisfiedBy === undefined) return consequence;
  const told = await port.execute(CONFIG_QUERY, { key, id: CONNECTION_ID }, options).catch(unlessNotTold);
  return told !== undefined && satisfiedBy(told) ? undefined : consequence;
}

function unlessNotTold(error: unknown): undefined {
  if (error instanceof ModemError && (error.code === 'COMMAND_FAILED' || error.code === 'BAD_RESPONSE'))
    return;
  throw error;
}
