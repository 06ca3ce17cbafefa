import { answering, type Behaviour, starting } from '../../../simulator/module/behaviours/behaviour.js';
import type { OpenFailure, StackState } from '../../../simulator/module/mqtt/mqtt-stack.js';
import type { ConnectPacket } from '../../../simulator/module/mqtt/session.js';
import { CLOSE_RESULTS, CONNECT_RESULTS, OPEN_REASONS, OPEN_RESULTS, RETURN_CODES } from '../codes.js';
import {
  CLOSE,
  CONFIG,
  CONFIG_QUERY,
  CONNECT,
  CONNECT_STATE,
  type ConnectRequest,
  type ConnectState,
  DISCONNECT,
  OPEN,
} from '../connection-commands.js';
import { CONNECTION_ID } from '../limits.js';
import { CLOUD_ALIBABA, codecOf, type SettingValues } from '../settings.js';
import { foreignConnection, type LmqttModule, NOT_ALLOWED } from './lmqtt-module.js';
import { mustPrecedeOpen } from './settings.js';

/** Settings, connection and session: lmqtt.md 2 and 3. */
export function sessionBehaviours(lmqtt: LmqttModule): readonly Behaviour[] {
  return [...config(lmqtt), open(lmqtt), ...connect(lmqtt), DISCONNECTING, close(lmqtt)];
}

/** `LMQTTCFG`: lmqtt.md 2 [M]. A setting that comes too late is refused with `+CME ERROR: 3` [A]. */
function config({ settings, ask }: LmqttModule): Behaviour[] {
  return [
    answering(CONFIG, {
      refuse: ({ stack }, setting) => {
        const { id, key } = setting;
        const values = codecOf(key).format(setting);
        if (ask((fault) => fault.refusesSetting?.(key, values))) return 'ERROR';
        if (mustPrecedeOpen(key) && stack.state !== 'closed') return NOT_ALLOWED;
        return foreignConnection(id);
      },
      answer: (_module, { id: _, ...values }) => {
        settings.write(ask((fault) => fault.stores?.(values)) ?? values);
        return null;
      },
    }),
    answering(CONFIG_QUERY, {
      refuse: (_module, { id, key }) =>
        settings.find(key) === undefined || ask((fault) => fault.refusesQuery?.(key))
          ? 'ERROR'
          : foreignConnection(id),
      // Without values it has been refused.
      answer: (_module, { key }) => settings.find(key) as SettingValues,
    }),
  ];
}

/** A name that is not known is 4 [M]; whatever else goes wrong on the way, a failing TLS included, is taken for 5 [A]. */
const OPEN_FAILURES: Readonly<Record<Exclude<OpenFailure, 'superseded'>, number>> = {
  'in-use': OPEN_REASONS.ID_IN_USE.value,
  dns: OPEN_REASONS.DNS.value,
  network: OPEN_REASONS.NETWORK_DOWN.value,
};

/** `LMQTTOPEN`: TCP or TLS to the broker; lmqtt.md 3 [M]. No registration is reported as no PDP context [A]. */
function open({ settings, ask }: LmqttModule): Behaviour {
  return starting(OPEN, {
    refuse: (_module, { id }) => foreignConnection(id),
    start: async ({ registered, stack }, { id, host, port }, report) => {
      const fail = (extend: number): void => report({ id, result: OPEN_RESULTS.FAILED.value, extend });
      const forced = ask((fault) => fault.openFailure?.());
      if (forced !== undefined) return fail(forced);
      if (!registered) return fail(OPEN_REASONS.PDP.value);
      const failure = await stack.open(host, port, settings.get('sslenable').enabled);
      if (failure === undefined) report({ id, result: OPEN_RESULTS.OPENED.value });
      else if (failure !== 'superseded') fail(OPEN_FAILURES[failure]);
    },
  });
}

/** No CONNACK came [A]. */
const SEND_FAILED = {
  result: CONNECT_RESULTS.SEND_FAILED.value,
  returnCode: RETURN_CODES.SEND_FAILED.value,
};

/** `LMQTTCONN?`: 1 initialising, 2 connecting, 3 connected [M]; 1 stands for every state before and after [A]. */
const CONNECT_STATES: Readonly<Record<StackState, ConnectState>> = {
  closed: 1,
  opening: 1,
  open: 1,
  connecting: 2,
  connected: 3,
  down: 1,
};

/** `LMQTTCONN`: MQTT CONNECT; lmqtt.md 3 [M]. Without an open connection, or twice: `+CME ERROR: 3` [A]. */
function connect(lmqtt: LmqttModule): Behaviour[] {
  return [
    starting(CONNECT, {
      refuse: ({ stack }, { id }) =>
        foreignConnection(id) ?? (stack.state === 'open' ? undefined : NOT_ALLOWED),
      start: ({ stack }, args, report) => {
        const { id } = args;
        const acknowledged = { id, result: CONNECT_RESULTS.ACKNOWLEDGED.value };
        const returnCode = lmqtt.ask((fault) => fault.connectRefusal?.());
        if (returnCode !== undefined) return report({ ...acknowledged, returnCode });
        stack.connect(connectPacket(args, lmqtt), (outcome) => {
          if (outcome === 'failed') report({ id, ...SEND_FAILED });
          else report({ ...acknowledged, ...outcome });
        });
      },
    }),
    answering(CONNECT_STATE, {
      answer: ({ stack }) => ({ id: CONNECTION_ID, state: CONNECT_STATES[stack.state] }),
    }),
  ];
}

function connectPacket(request: ConnectRequest, lmqtt: LmqttModule): ConnectPacket {
  const { settings } = lmqtt;
  const { will } = settings.get('will');
  return {
    ...login(request, lmqtt),
    keepalive: settings.get('keepalive').seconds,
    clean: settings.get('session').clean,
    protocolVersion: settings.get('version').version,
    will: will === null ? undefined : { ...will, payload: Buffer.from(will.message) },
  };
}

/**
 * With a triple the module signs: `<cid>` from LMQTTCONN, hmacsha1, no timestamp [C]; securemode follows `sslenable`
 * [A], and user name and password of LMQTTCONN are ignored [A]. With `cloud` but no triple, LMQTTCONN goes out as it is
 * [A]: the cloud refuses it.
 */
function login(
  { clientId, username, password }: ConnectRequest,
  { settings, signLogin }: LmqttModule,
): Pick<ConnectPacket, 'clientId' | 'username' | 'password'> {
  const triple = settings.find('aliauth');
  if (triple === undefined || settings.get('cloud').type !== CLOUD_ALIBABA) {
    return { clientId, username, password };
  }
  const secureMode = settings.get('sslenable').enabled ? 2 : 3;
  return signLogin(triple, { cid: clientId, method: 'hmacsha1', secureMode });
}

/** `LMQTTDISC`: MQTT DISCONNECT; lmqtt.md 3 [M]. `ERROR` without a session [C]. */
const DISCONNECTING = starting(DISCONNECT, {
  refuse: ({ stack }, { id }) => foreignConnection(id) ?? (stack.session === undefined ? 'ERROR' : undefined),
  start: ({ stack }, { id }, report) =>
    stack.disconnect(() => report({ id, result: CLOSE_RESULTS.DONE.value })),
});

/** `LMQTTCLOSE`: lmqtt.md 3 [M]; every setting dies with it [T]. `ERROR` when nothing is open [C]. */
function close({ settings, downlinks }: LmqttModule): Behaviour {
  return starting(CLOSE, {
    refuse: ({ stack }, { id }) => foreignConnection(id) ?? (stack.state === 'closed' ? 'ERROR' : undefined),
    start: ({ stack }, { id }, report) => {
      stack.close();
      // With the settings that it forgets: one of them says whether results are sent.
      report({ id, result: CLOSE_RESULTS.DONE.value });
      settings.forget();
      downlinks.clear();
    },
  });
}
