import type { Degradation, SessionOptions } from '../../../dialects/dialect.js';
import type { DialectWords } from '../../../dialects/words.js';
import { MqttError } from '../../../errors/kinds.js';
import { ModemError } from '../../../errors/modem-error.js';
import { exitCodeOf } from '../../exit-codes.js';
import { type Advice, type Finding, fail, ok, warn } from '../finding.js';
import { hasBroker, type Step } from '../patient.js';

/** Whether the broker accepts CONNECT. */
export const CONNECT: Step = {
  name: 'connect',
  title: 'CONNECT',
  needs: ['broker'],
  applies: hasBroker,
  examine: async ({ plan, session: slot }) => {
    const session = slot.get();
    const { clientId, username } = session.options;
    try {
      await session.connected();
    } catch (error) {
      if (!(error instanceof ModemError) || plan.signal.aborted) throw error;
      return connectFailure(error, session.options, plan.words, session.degradations);
    }
    // Messages that got lost are nobody's refusal.
    const byModule = session.degradations.filter(({ refusedBy }) => refusedBy === 'module');
    const refused = byModule.map(({ setting, consequence }) => `${setting}: ${consequence}`);
    const user = username === undefined ? '' : `, user ${username}`;
    const words = `accepted, client id ${clientId}${user}, a clean session`;
    const facts = { clientId, username: username ?? null, refusedSettings: refused };
    if (refused.length === 0) return ok(words, facts);
    const advice = {
      causes: ['the firmware does not know these settings, or not these values'],
      next: refused,
    };
    return warn(`${words}; the module refused settings`, advice, facts);
  },
};

type Login = Pick<SessionOptions, 'broker' | 'clientId' | 'username' | 'triple'>;

/** Why the broker did not accept CONNECT; `refused` are settings that the module did not take. */
export function connectFailure(
  error: ModemError,
  login: Login,
  words: Pick<DialectWords, 'leftBehind'>,
  refused: readonly Degradation[] = [],
): Finding {
  const returnCode = error instanceof MqttError ? error.extend : undefined;
  const advice = error.code === 'CONNECT_REFUSED' ? refusal(returnCode, login) : noAnswer(login);
  const { clientId, username } = login;
  const facts = { code: error.code, returnCode: returnCode ?? null, clientId, username: username ?? null };
  return fail(error.message, exitCodeOf(error), withLeftBehind(advice, refused, words), facts);
}

/** Return codes of CONNACK: MQTT 3.1.1 3.2.2.3. */
const PROTOCOL_VERSION = 1;
const IDENTIFIER_REJECTED = 2;
const SERVER_UNAVAILABLE = 3;

function refusal(returnCode: number | undefined, login: Login): Advice {
  switch (returnCode) {
    case PROTOCOL_VERSION:
      return { causes: ['the broker does not speak MQTT 3.1.1'], next: ['look at the log of the broker'] };
    case IDENTIFIER_REJECTED:
      return {
        causes: [`the broker does not take the client id ${login.clientId}: its own rules, or its length`],
        next: ['give the client id that the broker expects (-i)'],
      };
    case SERVER_UNAVAILABLE:
      return { causes: ['the broker runs, but is overloaded or shutting down'], next: ['try again later'] };
    default:
      return login.triple === undefined ? badCredentials(login) : badTriple();
  }
}

function badCredentials({ username, clientId }: Login): Advice {
  const user =
    username === undefined
      ? 'the broker wants a user name and a password, and none were given'
      : `the password is not that of the user ${username}, or there is no such user`;
  return {
    causes: [user, `the user may not connect with the client id ${clientId}`],
    next: [
      'check the user name (-u) and the password (-P, better ATMQTT_PASSWORD)',
      'give the client id that the broker knows (-i)',
    ],
  };
}

/** aliyun.md 1: a wrong signature is return code 4 [A]. */
function badTriple(): Advice {
  return {
    causes: [
      'the DeviceSecret is not that of the device: it was registered again, and the old secret is void',
      'the device is disabled or deleted in the console of the cloud',
      'the region or the instance is another one than that of the product',
    ],
    next: ['compare ProductKey, DeviceName and region with the console', 'provision the module again'],
  };
}

function noAnswer({ broker: { port, tls } }: Login): Advice {
  return {
    causes: [
      `something listens on port ${port}, but it speaks no MQTT${tls ? '' : ', or wants TLS (-b mqtts://…)'}`,
      'the broker drops clients that it does not want without a word',
      'the signal is too poor for an answer in time',
    ],
    next: ['check the port of the broker', 'look at the log of the broker'],
  };
}

/** The advice with these causes in front, if there are any. */
export function withLeftBehind(
  advice: Advice,
  refused: readonly Degradation[],
  { leftBehind }: Pick<DialectWords, 'leftBehind'>,
): Advice {
  const causes = refused.flatMap(({ setting }) => leftBehind[setting] ?? []);
  if (causes.length === 0) return advice;
  return {
    causes: [...causes, ...advice.causes],
    next: [
      'restart the module (AT+CFUN=0,1), which makes it forget its settings, and try again',
      ...advice.next,
    ],
  };
}

/** Ends the session in order: the broker forgets it, and publishes no will. */
export const DISCONNECT: Step = {
  name: 'disconnect',
  title: 'DISCONNECT',
  needs: ['connect'],
  applies: hasBroker,
  examine: async ({ session }) => {
    await session.get().disconnect();
    return ok('the session is over, nothing of it is left at the broker');
  },
};
