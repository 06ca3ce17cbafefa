import type { BrokerAddress, Degradation } from '../../../dialects/dialect.js';
import { OPEN_REASONS } from '../../../dialects/lmqtt/codes/open-codes.js';
import { SESSION_STATES } from '../../../dialects/lmqtt/codes/status-codes.js';
import { CommandError, MqttError, TimeoutError } from '../../../errors/kinds.js';
import type { ModemError } from '../../../errors/modem-error.js';
import { exitCodeOf } from '../../exit-codes.js';
import { type Advice, type Finding, fail } from '../finding.js';
import { withLeftBehind } from './left-behind.js';
import type { ViewFromHere } from './view-from-here.js';

/** Why the module did not get through to the broker, before CONNECT; `refused` are settings that it did not take. */
export function openFailure(
  error: ModemError,
  { host, port, tls }: BrokerAddress,
  here: ViewFromHere,
  refused: readonly Degradation[] = [],
): Finding {
  const { extend = null } = error instanceof MqttError ? error : {};
  const facts = { host, port, tls, code: error.code, extend, fromHere: here };
  const advice = withLeftBehind(adviceFor(error, { host, port, tls }, here), refused);
  return fail(error.message, exitCodeOf(error), advice, facts);
}

function adviceFor(error: ModemError, broker: BrokerAddress, here: ViewFromHere): Advice {
  if (error instanceof CommandError) return refusedSetting(error);
  if (isUnknownHost(error)) return unknownHost(broker, here);
  const pdp =
    error instanceof MqttError && error.code === 'OPEN_FAILED' && error.extend === OPEN_REASONS.PDP.value;
  if (pdp) return noContext();
  if (error instanceof TimeoutError && error.stage !== 'result') {
    return { causes: ['the module hangs'], next: ['reset it, or switch it off and on, and try again'] };
  }
  return notReached(broker, here);
}

function isUnknownHost(error: ModemError): boolean {
  if (!(error instanceof MqttError)) return false;
  const byStatus =
    error.result === SESSION_STATES.DNS.value && error.message.includes(SESSION_STATES.DNS.text);
  return error.extend === OPEN_REASONS.DNS.value || byStatus;
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
