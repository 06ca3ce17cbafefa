import { randomBytes } from 'node:crypto';
import type { BrokerAddress } from '../../dialects/dialect.js';
import { ArgumentError, CommandError, MqttError } from '../../errors/kinds.js';
import { ModemError } from '../../errors/modem-error.js';
import { type CloudPlace, cloudAddress } from './place.js';
import { checkDeviceName, checkProductKey, checkSecret } from './triple.js';
import { type RegistrationRequest, registrationContent } from './wire/registration.js';
import { type SignMethod, sign } from './wire/signature.js';

/** What is to be registered, and the secret of its product: aliyun.md 2. */
export interface RegistrationTarget {
  readonly productKey: string;
  readonly productSecret: string;
  readonly deviceName: string;
}

/** Throws an `ArgumentError`; the secret never shows up in it. */
export function checkTarget(target: RegistrationTarget): void {
  checkProductKey(target.productKey);
  checkDeviceName(target.deviceName);
  checkSecret('productSecret', target.productSecret);
}

/** 16 hex digits, as long as those of the vendor's samples: aliyun.md 2, vector. */
export function randomText(): string {
  return randomBytes(8).toString('hex');
}

/** The request, signed with the ProductSecret. */
export function signedRequest(
  { productKey, productSecret, deviceName }: RegistrationTarget,
  random: string,
  signMethod: SignMethod,
): RegistrationRequest {
  const named = { productKey, deviceName, random };
  return { ...named, sign: sign(signMethod, productSecret, registrationContent(named)), signMethod };
}

/** Why there is no secret. `cause` must not hold one: what came from the cloud may. */
export interface RegistrationProblem {
  readonly kind: 'failed' | 'refused' | 'unanswered';
  readonly reason: string;
  readonly cause?: unknown;
}

const CODES = {
  failed: 'REGISTRATION_FAILED',
  refused: 'REGISTRATION_REFUSED',
  unanswered: 'REGISTRATION_UNANSWERED',
} as const;

/** `where`: the URL or the host that was asked. */
export function registrationError(
  { kind, reason, cause }: RegistrationProblem,
  deviceName: string,
  where: string,
): ModemError {
  const context = cause === undefined ? {} : { cause };
  return new ModemError(CODES[kind], `registration of ${deviceName} ${kind}: ${reason} (${where})`, context);
}

/** CONNACK to a registration: aliyun.md 2b [D]. */
const TRY_AGAIN = 3;
const REFUSALS: ReadonlyMap<number | undefined, string> = new Map([
  [1, 'the MQTT version'], // MQTT 3.1.1 3.2.2.3; not named by the cloud
  [2, 'bad parameters'],
  [4, 'the cloud refused it'],
  [5, 'not authorized'], // as 1
]);

/** What the failure of a registration through a module means; `asked`: CONNECT was on its way. */
export function judgeFailure(error: unknown, asked: boolean): RegistrationProblem {
  const reason = error instanceof Error ? error.message : String(error);
  if (!asked || neverSent(error)) return { kind: 'failed', reason, cause: error };
  if (error instanceof MqttError && error.code === 'CONNECT_REFUSED') {
    const { extend } = error;
    const refusal = REFUSALS.get(extend);
    if (extend === TRY_AGAIN) return { kind: 'failed', reason: 'the cloud wants it later', cause: error };
    if (refusal !== undefined) {
      return { kind: 'refused', reason: `${refusal} (return code ${extend})`, cause: error };
    }
  }
  return { kind: 'unanswered', reason, cause: error };
}

/** A module that answers ERROR to a command has not carried it out: V.250 5.7.1 [A for CONNECT]. */
function neverSent(error: unknown): boolean {
  return error instanceof CommandError || (error instanceof ModemError && error.code === 'INVALID_ARGUMENT');
}

/** Where a module registers: over TLS, aliyun.md 2b [D]. Throws an `ArgumentError`. */
export function registrationAddress(productKey: string, place: CloudPlace): BrokerAddress {
  const address = cloudAddress(productKey, place, 'mqtts');
  if (address.tls) return address;
  throw new ArgumentError('host', JSON.stringify(place.host), 'mqtts://, registration needs TLS');
}
