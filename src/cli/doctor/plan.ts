import { randomBytes } from 'node:crypto';
import { type ClientSettings, parseOptions } from '../../client/options.js';
import type { OpenModemOptions } from '../../modem/open-options.js';
import { type CloudConnectOptions, isForCloud, plainOptions } from '../../provisioning/aliyun-options.js';
import { clientOptions } from '../connect-options.js';
import { isSimulated } from '../port.js';
import { passphraseOf } from '../provision/passphrase.js';
import { type DoctorOptions, START_TIMEOUT } from './options.js';
import type { Plan } from './patient.js';
import { targetOf } from './target.js';

/** ms. */
const REGISTRATION_TIMEOUT = 60_000;
const ROUND_TRIP_TIMEOUT = 30_000;

const DEFAULT_PROFILE = 'nt26';

/** Each of them wants a session; those of Alibaba Cloud are checked to be complete. */
const BROKER_OPTIONS = ['broker', 'region', 'aliyunHost', 'ledger'] as const;

/** What the options ask for. Throws an `ArgumentError` for what cannot be, before anything is opened. */
export function planOf(
  options: DoctorOptions,
  port: string,
  modemOptions: OpenModemOptions,
  signal: AbortSignal,
): Plan {
  const { topic, publish = true, module } = options;
  const settings = settingsOf({ ...options, port });
  if (topic !== undefined && settings !== undefined) checkTopic(settings, topic);
  return {
    target: targetOf(port),
    settings,
    profileGiven: module !== undefined,
    profile: module ?? DEFAULT_PROFILE,
    ...{ topic, publish, modemOptions, signal },
    startTimeout: options.startTimeout ?? START_TIMEOUT,
    registrationTimeout: options.registrationTimeout ?? REGISTRATION_TIMEOUT,
    roundTripTimeout: options.roundTripTimeout ?? ROUND_TRIP_TIMEOUT,
  };
}

/** Undefined without a broker. The session is clean, without a will, and under an id of its own if none was given. */
function settingsOf(options: DoctorOptions & { readonly port: string }): ClientSettings | undefined {
  if (BROKER_OPTIONS.every((name) => options[name] === undefined) && !isSimulated(options.port)) {
    return undefined;
  }
  const given = clientOptions(options);
  if (isForCloud(given))
    return parseOptions({ ...plainOptions(withPassphrase(given, options)), clean: true });
  const { will: _will, ...connection } = given;
  const clientId = connection.clientId ?? `atmqtt-doctor-${randomBytes(4).toString('hex')}`;
  return parseOptions({ ...connection, clientId, clean: true });
}

function withPassphrase(connection: CloudConnectOptions, options: DoctorOptions): CloudConnectOptions {
  const { aliyun } = connection;
  if (aliyun.ledger === undefined) return connection;
  const passphrase = passphraseOf(options);
  return passphrase === undefined ? connection : { ...connection, aliyun: { ...aliyun, passphrase } };
}

function checkTopic({ dialect, session, rules }: ClientSettings, topic: string): void {
  const publication = { topic, payload: Buffer.alloc(0), qos: 1, retain: false } as const;
  dialect.checkPublication(publication, session);
  rules.checkPublication?.(publication);
}
