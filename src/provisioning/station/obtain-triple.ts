import { registerOverHttp } from '../../cloud/aliyun/register-http.js';
import { registerOverModule } from '../../cloud/aliyun/register-module.js';
import { registrationUrl } from '../../cloud/aliyun/wire/names.js';
import type { DeviceTriple } from '../../dialects/dialect.js';
import { ArgumentError } from '../../errors/kinds.js';
import { abortedError, ModemError } from '../../errors/modem-error.js';
import { delay } from '../../util/delay.js';
import type { Attempt } from '../ledger/attempt.js';
import type { Product, Reservation } from '../ledger/ledger-types.js';
import { StationFailure } from './reasons.js';
import type { StationSettings } from './station-options.js';
import type { UnitContext } from './unit-context.js';

/** How often a secret is stored until it is given up, and ms in between: the cloud tells it only once. */
const STORE_TRIES = 5;
const STORE_PAUSE = 1_000;

/** Default limits in ms. Through the module, opening alone may take 160 s: lmqtt.md 3 [M]. */
const HTTP_LIMIT = 30_000;
const MODULE_LIMIT = 240_000;

/**
 * The triple of a reservation; one without a secret is registered now. One whose registration was asked for before
 * without a known answer is not asked for again, unless the settings say so: the device may have got its secret.
 */
export async function obtainTriple(
  context: UnitContext,
  attempt: Attempt,
  reservation: Reservation,
): Promise<DeviceTriple> {
  const { record, triple, unansweredRegistration, askedInThisRun } = reservation;
  if (triple !== undefined) return triple;
  const { ledger, repeatRegistration } = context.settings;
  const asked = unansweredRegistration && new Date(unansweredRegistration).toISOString();
  // Nobody can have looked into what was asked for in this very run.
  if (asked !== undefined && !(repeatRegistration && !askedInThisRun)) {
    throw new StationFailure('REGISTRATION_UNANSWERED', `of ${record.deviceName}, at ${asked}`);
  }
  const product = ledger.product();
  if (product?.productKey !== record.productKey) {
    throw new StationFailure(
      'REGISTRATION_FAILED',
      `the ledger has no secret of product ${record.productKey}`,
    );
  }
  context.enter('registering');
  const detail = asked === undefined ? undefined : `again, as told: it was asked for at ${asked}`;
  try {
    return await attempt.step(
      'register',
      () => register(context, attempt, product, record.deviceName),
      detail,
    );
  } catch (error) {
    if (!isAlreadyActive(error)) throw error;
    throw new StationFailure('ALREADY_ACTIVATED', error.message, { cause: error });
  }
}

/** Asks, and stores the secret as a part of the step: its end in the books means that the secret is there. */
async function register(
  context: UnitContext,
  attempt: Attempt,
  { productKey, productSecret }: Product,
  deviceName: string,
): Promise<DeviceTriple> {
  const { modem, settings, guard } = context;
  const target = { productKey, productSecret, deviceName };
  const { login, profile, registrationTimeout } = settings;
  const { signal } = guard;
  const url = registrationService(settings);
  if (url !== undefined) {
    if (signal.aborted) throw abortedError(signal, 'registration');
    // Once it is asked for, the answer is awaited whatever becomes of the module and the station: the cloud tells it once.
    const triple = await registerOverHttp(target, { url, timeout: registrationTimeout ?? HTTP_LIMIT });
    await store(context, attempt, triple);
    return triple;
  }
  const timeout = registrationTimeout ?? MODULE_LIMIT;
  const { region, host } = login;
  let stored: Promise<void> | undefined;
  const received = (triple: DeviceTriple): void => {
    stored = store(context, attempt, triple);
  };
  const triple = await registerOverModule(modem, target, {
    region,
    host,
    profile,
    timeout,
    signal,
    received,
  });
  await stored;
  return triple;
}

/** Base URL of the service; undefined: through the module. Throws an `ArgumentError` if neither is known. */
export function registrationService(
  settings: Pick<StationSettings, 'registration' | 'login'>,
): string | undefined {
  const { registration, login } = settings;
  if (registration === 'module') return undefined;
  if (registration !== undefined) return registration.url;
  if (login.region !== undefined) return registrationUrl(login.region);
  throw new ArgumentError('registration', 'nothing', 'a URL, or through the module, when there is no region');
}

/** The first try is at once: nobody is to end the process in between. */
async function store(context: UnitContext, attempt: Attempt, triple: DeviceTriple): Promise<void> {
  const { deviceName, deviceSecret } = triple;
  for (let tries = 1; ; tries += 1) {
    try {
      attempt.registered(deviceSecret);
      return;
    } catch (error) {
      if (tries === STORE_TRIES) throw error;
      context.note(`the secret of ${deviceName} cannot be stored yet: ${(error as Error).message}`);
      await delay(STORE_PAUSE);
    }
  }
}

/** Of a refusal only the words tell which it is, and over MQTT not even these [A]; they stand behind the device name. */
function isAlreadyActive(error: unknown): error is ModemError {
  return (
    error instanceof ModemError &&
    error.code === 'REGISTRATION_REFUSED' &&
    /refused: .*(?:\bactiv(?:e|ated)\b|激活)/i.test(error.message)
  );
}
