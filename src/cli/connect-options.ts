import { type ClientSettings, type ConnectOptions, settingsFor } from '../client/options.js';
import type { WillOptions } from '../client/session-options.js';
import { ArgumentError } from '../errors/kinds.js';
import { ModemError } from '../errors/modem-error.js';
import {
  type AliyunLedgerOptions,
  type CloudConnectOptions,
  isForCloud,
  plainOptions,
} from '../provisioning/aliyun-options.js';
import type { AliyunCommandOptions, ConnectionOptions } from './options/connection-options.js';
import type { ModemOptions } from './options/global-options.js';
import { isSimulated } from './port.js';
import { passphraseOf } from './provision/passphrase.js';

/** Every name leads to the embedded broker of a simulated module. */
const SIMULATED_BROKER = 'mqtt://localhost';

type ClientOptions = ConnectionOptions & Pick<ModemOptions, 'port'>;

/** What a client with these options would do, to check its requests before the port is opened. */
export async function clientSettings(options: ClientOptions): Promise<ClientSettings> {
  return settingsFor(plainOptions(clientOptions(options)));
}

/**
 * As `connectOptions`; with a simulated module the broker may be left out. At Alibaba Cloud without the passphrase: its
 * file can be read once only if it is a pipe.
 */
export function clientOptions(options: ClientOptions): ConnectOptions | CloudConnectOptions {
  const aliyun = aliyunLogin(options);
  if (aliyun !== undefined) return { ...commonOptions(options), aliyun };
  const simulated = options.port !== undefined && isSimulated(options.port);
  return connectOptions(simulated ? { broker: SIMULATED_BROKER, ...options } : options);
}

/** The connection with the passphrase of its ledger, if one was given. Throws an `ArgumentError` for the file. */
export function withPassphrase<Connection extends ConnectOptions | CloudConnectOptions>(
  connection: Connection,
  options: ConnectionOptions,
): Connection {
  if (!isForCloud(connection) || connection.aliyun.ledger === undefined) return connection;
  const passphrase = passphraseOf(options);
  return passphrase === undefined
    ? connection
    : { ...connection, aliyun: { ...connection.aliyun, passphrase } };
}

/** The options of the command line as `connect()` takes them. Throws `INVALID_ARGUMENT` or `UNSUPPORTED`. */
export function connectOptions(options: ConnectionOptions): ConnectOptions {
  const { broker, id, username, pw, disableCleanSession } = options;
  const common = commonOptions(options);
  const will = willOptions(options);
  if (broker === undefined) {
    const other = 'or, for Alibaba Cloud, --region and --ledger';
    throw new ModemError(
      'INVALID_ARGUMENT',
      `no broker: give -b mqtt://host:port or set ATMQTT_BROKER, ${other}`,
    );
  }
  if (disableCleanSession && id === undefined) {
    throw new ModemError('INVALID_ARGUMENT', '-c needs -i: a session is kept under its client id');
  }
  return {
    ...common,
    broker,
    ...(id === undefined ? {} : { clientId: id }),
    ...(username === undefined ? {} : { username }),
    ...(pw === undefined ? {} : { password: pw }),
    ...(will === undefined ? {} : { will }),
  };
}

type CommonOptions = Pick<
  ConnectOptions,
  'clean' | 'keepalive' | 'profile' | 'buffered' | 'maxInflight' | 'registrationTimeout' | 'connectTimeout'
>;

/** What every broker takes. */
function commonOptions(options: ConnectionOptions): CommonOptions {
  const { keepalive, module: profile, buffered, maxInflight } = options;
  const { registrationTimeout, connectTimeout, disableCleanSession = false } = options;
  refuseCafile(options.cafile);
  return {
    clean: !disableCleanSession,
    ...(keepalive === undefined ? {} : { keepalive }),
    ...(profile === undefined ? {} : { profile }),
    ...(buffered === undefined ? {} : { buffered }),
    ...(maxInflight === undefined ? {} : { maxInflight }),
    ...(registrationTimeout === undefined ? {} : { registrationTimeout }),
    ...(connectTimeout === undefined ? {} : { connectTimeout }),
  };
}

function willOptions(options: ConnectionOptions): WillOptions | undefined {
  const { willTopic: topic, willPayload, willQos, willRetain } = options;
  if (topic !== undefined) {
    return { topic, payload: willPayload ?? '', qos: willQos ?? 0, retain: willRetain ?? false };
  }
  if (willPayload === undefined && willQos === undefined && willRetain === undefined) return undefined;
  const message = 'give --will-topic with the other options of the will';
  throw new ArgumentError('will-topic', 'nothing', 'given', message);
}

/** How certificates get into a TLS context of the module is not public: lmqtt.md 2, `sslenable` [A]. */
function refuseCafile(cafile: string | undefined): void {
  if (cafile === undefined) return;
  throw new ModemError(
    'UNSUPPORTED',
    '--cafile: how a certificate gets into the module is not public, so it cannot be loaded from here; ' +
      'leave it out: mqtts:// uses what is in TLS context 0 of the module',
  );
}

/** What only makes sense for a login at Alibaba Cloud. */
const DEPENDENT = { ledger: '--ledger', passphraseFile: '--passphrase-file', sign: '--sign' } as const;

/** What the triple leaves no room for. */
const LEFT_OUT = { broker: '-b', username: '-u', pw: '-P' } as const;

const WILL = {
  willTopic: '--will-topic',
  willPayload: '--will-payload',
  willQos: '--will-qos',
  willRetain: '--will-retain',
} as const;

/**
 * The login at Alibaba Cloud, without the passphrase; undefined if the options say nothing of one. Throws
 * `INVALID_ARGUMENT` for half of one, and for two logins at once.
 */
export function aliyunLogin(
  options: ConnectionOptions,
  environment: NodeJS.ProcessEnv = process.env,
): AliyunLedgerOptions | undefined {
  const { region, aliyunHost: host, sign, id: cid } = options;
  if (region === undefined && host === undefined) {
    const [name] = named(options, DEPENDENT);
    if (name !== undefined) throw refused(`${name} needs --region or --aliyun-host`);
    return undefined;
  }
  const names = named(options, LEFT_OUT);
  if (names.length > 0) {
    const variables = 'and ATMQTT_BROKER, ATMQTT_USERNAME and ATMQTT_PASSWORD empty';
    throw refused(
      `the triple of the module is its login at Alibaba Cloud: leave out ${names.join(', ')}, ${variables}`,
    );
  }
  const [will] = named(options, WILL);
  if (will !== undefined) throw refused(`Alibaba Cloud publishes no will: leave out ${will}`);
  const { ledger = environment.ATMQTT_LEDGER ?? '' } = options;
  if (ledger === '') throw refused('no ledger: give --ledger <file> or set ATMQTT_LEDGER');
  return { ledger, region, host, sign, cid };
}

function named(
  options: ConnectionOptions,
  names: Partial<Record<keyof (AliyunCommandOptions & ConnectionOptions), string>>,
): string[] {
  const entries = Object.entries(names) as [keyof ConnectionOptions, string][];
  return entries.filter(([key]) => options[key] !== undefined).map(([, name]) => name);
}

function refused(message: string): ModemError {
  return new ModemError('INVALID_ARGUMENT', message);
}
