import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { connect } from 'node:net';
import { sessionToOpen } from '../../../client/ask-login.js';
import type { BrokerAddress, Degradation } from '../../../dialects/dialect.js';
import type { DialectWords } from '../../../dialects/words.js';
import { CommandError, MqttError, TimeoutError } from '../../../errors/kinds.js';
import { ModemError } from '../../../errors/modem-error.js';
import { ifSupported } from '../../../modem/if-supported.js';
import { onAbort } from '../../../util/abort.js';
import { exitCodeOf } from '../../exit-codes.js';
import { type Advice, type Finding, fail, ok, warn } from '../finding.js';
import { hasBroker, type Patient, type Step, settingsOf } from '../patient.js';
import { withLeftBehind } from './connect.js';
import { TrialSession } from './trial-session.js';

/** Whether the module gets a connection to the broker: name, TCP, TLS. */
export const BROKER: Step = {
  name: 'broker',
  title: 'broker reached',
  needs: ['registration', 'login'],
  applies: hasBroker,
  examine: async (patient): Promise<Finding> => {
    const { plan, modem, login, session: slot } = patient;
    const settings = settingsOf(plan);
    const options = login.value ?? (await sessionToOpen(modem.get(), settings, plan.signal));
    const session = new TrialSession(modem.get(), options, settings, plan.signal);
    slot.set(session);
    const other = await sessionThere(patient);
    const { host, port, tls } = options.broker;
    try {
      await session.open();
    } catch (error) {
      if (!(error instanceof ModemError) || plan.signal.aborted) throw error;
      const here = await viewFromHere(host, port, plan.signal);
      return openFailure(error, options.broker, here, plan.words, session.degradations);
    }
    const words = `${tls ? 'TLS' : 'TCP'} to ${host} port ${port}`;
    const facts = { host, port, tls, endedSession: other };
    if (other) return warn(`${words}; a session that was open in the module was ended`, ENDED, facts);
    return ok(words, facts);
  },
};

const ENDED = {
  causes: ['a program left its session open, or the application of the module uses it'],
  next: ['start that program again, if it is to go on'],
};

/** Whether the module has a session, which makes way: today's firmware serves only one (lmqtt.md 1 [M]). */
async function sessionThere({ plan, modem }: Patient): Promise<boolean> {
  const { command, isConnected } = plan.words.sessionState;
  const report = await ifSupported(modem.get().execute(command, null, { signal: plan.signal }));
  return report !== undefined && isConnected(report);
}

/** Why the module did not get through to the broker, before CONNECT; `refused` are settings that it did not take. */
export function openFailure(
  error: ModemError,
  { host, port, tls }: BrokerAddress,
  here: ViewFromHere,
  words: DialectWords,
  refused: readonly Degradation[] = [],
): Finding {
  const { extend = null } = error instanceof MqttError ? error : {};
  const facts = { host, port, tls, code: error.code, extend, fromHere: here };
  const advice = withLeftBehind(adviceFor(error, { host, port, tls }, here, words), refused, words);
  return fail(error.message, exitCodeOf(error), advice, facts);
}

function adviceFor(
  error: ModemError,
  broker: BrokerAddress,
  here: ViewFromHere,
  words: DialectWords,
): Advice {
  if (error instanceof CommandError) return refusedSetting(error);
  const obstacle = error instanceof MqttError ? words.obstacleOf(error) : undefined;
  if (obstacle === 'name') return unknownHost(broker, here);
  if (obstacle === 'pdp') return noContext();
  if (error instanceof TimeoutError && error.stage !== 'result') {
    return { causes: ['the module hangs'], next: ['reset it, or switch it off and on, and try again'] };
  }
  return notReached(broker, here);
}

function unknownHost({ host }: BrokerAddress, here: ViewFromHere): Advice {
  if (here === 'unknown-host') {
    return {
      causes: [
        `the name ${host} is misspelt: this machine does not know it either`,
        'it is known within another network only',
      ],
      next: ['check the name of the broker (-b)', `getent hosts ${host}`],
    };
  }
  return {
    causes: [
      'the mobile network does not resolve it, although this machine does: the APN is a private one, or its DNS is down',
      'the name is known within the network of this machine only',
    ],
    next: [
      'give the address instead of the name (-b mqtt://203.0.113.7)',
      'check the APN of the SIM (AT+CGDCONT?)',
    ],
  };
}

function noContext(): Advice {
  return {
    causes: ['the APN is wrong, or the subscription has no data', 'the network refuses data for now'],
    next: ['check the APN (AT+CGDCONT?) and the subscription of the SIM'],
  };
}

function refusedSetting({ command }: CommandError): Advice {
  return {
    causes: [
      `the firmware does not know ${command ?? 'the command'}, or not with these values`,
      'a session is open that cannot be closed',
    ],
    next: ['reset the module and try again', 'look at the AT traffic with -d'],
  };
}

/** The words for a port that cannot be reached: what is seen from here tells a closed port from a firewall. */
function notReached({ host, port, tls }: BrokerAddress, here: ViewFromHere): Advice {
  const encryption = tls
    ? ['the TLS handshake fails: no TLS on that port, or certificates that the module does not take']
    : ['the broker wants TLS on that port (-b mqtts://…)'];
  switch (here) {
    case 'refused':
      return {
        causes: [`nothing listens on port ${port} of ${host}: this machine is refused too`],
        next: ['check that the broker runs, and its port (-b mqtt://host:port)'],
      };
    case 'reachable':
      return {
        causes: [
          'a firewall, or the APN, lets the module not through: this machine reaches the broker by its own network',
          `${host} is an address within the network of this machine, which the mobile network cannot reach`,
          ...encryption,
        ],
        next: [
          'check the firewall of the broker and the APN of the SIM',
          'try a public broker from the same SIM',
        ],
      };
    default:
      return {
        causes: [
          'the broker is down, or a firewall drops everything: this machine does not reach it either',
          `${host} or ${port} is wrong`,
          ...encryption,
        ],
        next: ['check host and port of the broker (-b mqtt://host:port), and that it runs'],
      };
  }
}

/** What this machine sees of the broker, over its own network: the module goes another way. */
type ViewFromHere = 'unknown-host' | 'refused' | 'unreachable' | 'reachable';

/** ms. */
const VIEW_LIMIT = 3_000;

/** Looks whether something listens on the port; nothing is sent. Never rejects. */
async function viewFromHere(host: string, port: number, signal: AbortSignal): Promise<ViewFromHere> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(VIEW_LIMIT)]);
  const addresses = await within(limit, lookup(host, { all: true }));
  if (addresses === undefined || addresses.length === 0) return 'unknown-host';
  const socket = connect({ host, port });
  try {
    await once(socket, 'connect', { signal: limit });
    return 'reachable';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ECONNREFUSED' ? 'refused' : 'unreachable';
  } finally {
    socket.on('error', () => {});
    socket.destroy();
  }
}

/** The value, or undefined after a rejection, or when the signal fires: a lookup cannot be aborted. */
function within<T>(signal: AbortSignal, promise: Promise<T>): Promise<T | undefined> {
  return new Promise((resolve) => {
    promise.then(resolve, () => resolve(undefined));
    onAbort(signal, () => resolve(undefined));
  });
}
