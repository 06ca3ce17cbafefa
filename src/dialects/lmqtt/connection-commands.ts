import {
  fixedRequest,
  NO_INFORMATION,
  type Nothing,
  type OneStageCommand,
  type TwoStageCommand,
} from '../../at/command.js';
import type { Line } from '../../at/line.js';
import { informationParameters } from '../../at/parameters.js';
import type { Urc } from '../../at/urc.js';
import {
  CONNECTION,
  choiceField,
  integerField,
  optional,
  RESULT,
  setParameters,
  setRequest,
  textField,
} from './fields.js';
import {
  CLOSE_LIMITS,
  CONFIG_LIMITS,
  CONNECT_LIMITS,
  CONNECT_STATE_LIMITS,
  MAX_CLIENT_ID,
  MAX_HOST,
  MAX_PASSWORD,
  MAX_USERNAME,
  OPEN_LIMITS,
} from './limits.js';
import { CONNECTION_RESULT, type ConnectionResult, resultUrc } from './results.js';
import { codecOf, type Setting, type SettingKey, type SettingValues, settingKey } from './settings.js';

/**
 * `AT+LMQTTCFG="<key>",<id>,<values>` → `OK` or `ERROR`, 5 s: lmqtt.md 2 [M]. LMQTTCLOSE forgets every
 * setting [T].
 */
export const CONFIG: OneStageCommand<Setting, Nothing> = {
  name: '+LMQTTCFG',
  form: 'set',
  request: {
    format: (setting) => {
      const values = codecOf(setting.key).format(setting);
      return `AT+LMQTTCFG="${setting.key}",${CONNECTION.format('id', setting.id)},${values}`;
    },
    parse: (line) => {
      const [key, id, ...values] = setParameters(line, '+LMQTTCFG') ?? [];
      const known = key?.quoted === true ? settingKey(key.text) : undefined;
      const connection = CONNECTION.parse(id);
      if (known === undefined || connection === undefined || values.length === 0) return undefined;
      const setting = codecOf(known).parse(values);
      return setting && { ...setting, id: connection };
    },
  },
  limits: CONFIG_LIMITS,
  abortable: false,
  response: NO_INFORMATION,
};

interface ConfigQuery {
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

interface OpenRequest {
  /** `<tcpconnectID>`, 0–4. */
  readonly id: number;
  /** Host name or address, 1–100 bytes. */
  readonly host: string;
  /** 1–65535. */
  readonly port: number;
}

/** `extend` as in `OPEN_REASONS`. */
type OpenResult = ConnectionResult;

/**
 * `AT+LMQTTOPEN=<id>,"host",<port>` opens TCP or TLS to the broker; the result comes within 160 s:
 * lmqtt.md 3 [M].
 */
export const OPEN: TwoStageCommand<OpenRequest, OpenResult> = {
  name: '+LMQTTOPEN',
  form: 'set',
  request: setRequest<OpenRequest>('+LMQTTOPEN', {
    id: CONNECTION,
    host: textField({ max: MAX_HOST }),
    port: integerField(1, 65535),
  }),
  limits: OPEN_LIMITS,
  abortable: false,
  result: {
    urc: resultUrc('+LMQTTOPEN', CONNECTION_RESULT),
    matches: (args, value) => args.id === value.id,
  },
};

export interface ConnectRequest {
  readonly id: number;
  /** 1–256 bytes. */
  readonly clientId: string;
  /** 1–256 bytes. */
  readonly username?: string;
  /** 0–256 bytes [A]; only with a user name. */
  readonly password?: string;
}

export interface ConnectResult {
  readonly id: number;
  /** As in `CONNECT_RESULTS`. */
  readonly result: number;
  /** As in `RETURN_CODES`. */
  readonly returnCode?: number;
}

const RESULT_URC = resultUrc<ConnectResult>('+LMQTTCONN', {
  id: CONNECTION,
  result: RESULT,
  returnCode: optional(RESULT),
});

/**
 * `+LMQTTCONN: <id>,<result>[,<ret_code>]`. With two fields it looks like the answer to `LMQTTCONN?`: 3 and 4 can only
 * be states, 1 and 2 can be both, and the pending command decides (lessons.md 1).
 */
const CONNECT_RESULT: Urc<ConnectResult> = {
  ...RESULT_URC,
  parse: (line) => {
    const value = RESULT_URC.parse(line);
    const onlyState = value?.returnCode === undefined && (value?.result === 3 || value?.result === 4);
    return onlyState ? undefined : value;
  },
};

/**
 * `AT+LMQTTCONN=<id>,"clientID"[,"user"[,"password"]]` sends MQTT CONNECT; the result comes within 30 s:
 * lmqtt.md 3 [M]. Seen on hardware before its own `OK` [T].
 */
export const CONNECT: TwoStageCommand<ConnectRequest, ConnectResult> = {
  name: '+LMQTTCONN',
  form: 'set',
  request: setRequest<ConnectRequest>('+LMQTTCONN', {
    id: CONNECTION,
    clientId: textField({ max: MAX_CLIENT_ID }),
    username: optional(textField({ max: MAX_USERNAME })),
    password: optional(textField({ min: 0, max: MAX_PASSWORD, secret: true })),
  }),
  limits: CONNECT_LIMITS,
  abortable: false,
  result: { urc: CONNECT_RESULT, matches: (args, value) => args.id === value.id },
};

/** 1 initialising, 2 connecting, 3 connected, 4 disconnecting: lmqtt.md 3 [M]. */
export type ConnectState = 1 | 2 | 3 | 4;

/** The state in which messages flow. */
export const CONNECTED: ConnectState = 3;

interface ConnectStateReport {
  readonly id: number;
  readonly state: ConnectState;
}

const REPORT = resultUrc<ConnectStateReport>('+LMQTTCONN', {
  id: CONNECTION,
  state: choiceField<ConnectState>([1, 2, 3, 4]),
});

/**
 * `AT+LMQTTCONN?` → `+LMQTTCONN: <id>,<state>` + `OK`: lmqtt.md 3 [M]. A line with three fields is the result
 * of `LMQTTCONN=`, never a state.
 */
export const CONNECT_STATE: OneStageCommand<Nothing, ConnectStateReport> = {
  name: '+LMQTTCONN',
  form: 'read',
  request: fixedRequest('AT+LMQTTCONN?'),
  limits: CONNECT_STATE_LIMITS,
  abortable: false,
  response: {
    format: (value) => [REPORT.format(value)],
    parse: (lines) => (lines.length === 1 ? REPORT.parse(lines[0] as Line) : undefined),
    owns: (text) => REPORT.parse({ text }) !== undefined,
  },
};

interface ConnectionRequest {
  /** `<tcpconnectID>`, 0–4. */
  readonly id: number;
}

/**
 * `AT+LMQTTDISC=<id>` sends MQTT DISCONNECT; `+LMQTTDISC: <id>,<result>` follows within 5 s: lmqtt.md 3 [M].
 * `ERROR` when there is no session [C].
 */
export const DISCONNECT: TwoStageCommand<ConnectionRequest, ConnectionResult> = {
  name: '+LMQTTDISC',
  form: 'set',
  request: setRequest<ConnectionRequest>('+LMQTTDISC', { id: CONNECTION }),
  limits: CLOSE_LIMITS,
  abortable: false,
  result: {
    urc: resultUrc('+LMQTTDISC', CONNECTION_RESULT),
    matches: (args, value) => args.id === value.id,
  },
};

/**
 * `AT+LMQTTCLOSE=<id>` closes the connection and forgets every setting [T];
 * `+LMQTTCLOSE: <id>,<result>[,<extend>]` follows within 5 s: lmqtt.md 3 [M]. `ERROR` when nothing is open [C].
 */
export const CLOSE: TwoStageCommand<ConnectionRequest, ConnectionResult> = {
  name: '+LMQTTCLOSE',
  form: 'set',
  request: setRequest<ConnectionRequest>('+LMQTTCLOSE', { id: CONNECTION }),
  limits: CLOSE_LIMITS,
  abortable: false,
  result: {
    urc: resultUrc('+LMQTTCLOSE', CONNECTION_RESULT),
    matches: (args, value) => args.id === value.id,
  },
};
