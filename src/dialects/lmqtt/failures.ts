import type { ErrorCode } from '../../errors/codes.js';
import { ConnectionClosedError, MqttError } from '../../errors/kinds.js';
import {
  CLOSE_RESULTS,
  CONNECT_RESULTS,
  type CodeTable,
  isRefusal,
  MESSAGE_REASONS,
  meaningOf,
  OPEN_REASONS,
  OPEN_RESULTS,
  PUBLISH_RESULTS,
  RETURN_CODES,
  SESSION_STATES,
  SUBSCRIBE_RESULTS,
} from './codes.js';
import type { ConnectResult } from './connection-commands.js';
import type { SessionStatus } from './messages.js';
import type { ConnectionResult } from './results.js';

/** The numbers of a result URC that carry its meaning. */
interface Numbers {
  readonly result: number;
  readonly extend?: number;
}

/** Each function gives the error for a failing result, or undefined for a success. */
export function openFailure(result: Numbers): MqttError | undefined {
  return failure('OPEN_FAILED', 'open failed', result, OPEN_RESULTS, OPEN_REASONS);
}

/** Success only with result 0 or 1 and return code 0 or none: lmqtt.md 3 [M]. */
export function connectFailure({ result, returnCode }: Omit<ConnectResult, 'id'>): MqttError | undefined {
  const { ACKNOWLEDGED, RETRANSMITTED } = CONNECT_RESULTS;
  const accepted = returnCode === undefined || returnCode === RETURN_CODES.ACCEPTED.value;
  if (accepted && (result === ACKNOWLEDGED.value || result === RETRANSMITTED.value)) return undefined;
  const meaning = accepted ? meaningOf(CONNECT_RESULTS, result) : meaningOf(RETURN_CODES, returnCode);
  const refused = isRefusal(returnCode);
  return new MqttError(
    refused ? 'CONNECT_REFUSED' : 'CONNECT_FAILED',
    `connect ${refused ? 'refused' : 'failed'}: ${meaning ?? UNKNOWN} (${numbers({ result, 'return code': returnCode })})`,
    { result, extend: returnCode },
  );
}

export function subscribeFailure(result: Numbers): MqttError | undefined {
  return failure('SUBSCRIBE_FAILED', 'subscribe failed', result, SUBSCRIBE_RESULTS, MESSAGE_REASONS);
}

export function unsubscribeFailure(result: Numbers): MqttError | undefined {
  return failure('UNSUBSCRIBE_FAILED', 'unsubscribe failed', result, SUBSCRIBE_RESULTS, MESSAGE_REASONS);
}

export function publishFailure(result: Numbers): MqttError | undefined {
  // Result 1 says more than its extend: the message has left, although "could not be sent" may stand there.
  const reasons = result.result === PUBLISH_RESULTS.BAD_ACKNOWLEDGEMENT.value ? {} : MESSAGE_REASONS;
  return failure('PUBLISH_FAILED', 'publish failed', result, PUBLISH_RESULTS, reasons);
}

export function disconnectFailure(result: Omit<ConnectionResult, 'id'>): MqttError | undefined {
  return failure('DISCONNECT_FAILED', 'disconnect failed', result, CLOSE_RESULTS, {});
}

export function closeFailure(result: Omit<ConnectionResult, 'id'>): MqttError | undefined {
  return failure('DISCONNECT_FAILED', 'close failed', result, CLOSE_RESULTS, {});
}

/** What the module reports when nothing is wrong with itself: the other end, or the way to it, closed the connection [A]. */
const CLOSED_FROM_OUTSIDE: readonly number[] = [
  SESSION_STATES.CLOSED_BY_SERVER.value,
  SESSION_STATES.PROTOCOL.value,
  SESSION_STATES.CLOSED.value,
  SESSION_STATES.MORE_DATA.value,
];

/** `result` of the error is the status. With status 15, `extend` is the return code of the broker [M]. */
export function statusFailure(status: Omit<SessionStatus, 'id'>): MqttError | undefined {
  const failure = sessionFailure('SESSION_LOST', 'session lost', status);
  if (failure === undefined || !CLOSED_FROM_OUTSIDE.includes(status.status)) return failure;
  return new ConnectionClosedError(failure.message, status.status, status.extend);
}

/** The same for a session that is not up yet: the step that the status ends gives the code, or the broker refused. */
export function openingFailure(
  step: 'open' | 'connect',
  status: Omit<SessionStatus, 'id'>,
): MqttError | undefined {
  if (status.status === SESSION_STATES.REFUSED.value) {
    return sessionFailure('CONNECT_REFUSED', 'connect refused', status);
  }
  return sessionFailure(step === 'open' ? 'OPEN_FAILED' : 'CONNECT_FAILED', `${step} failed`, status);
}

function sessionFailure(
  code: ErrorCode,
  what: string,
  { status, extend }: Omit<SessionStatus, 'id'>,
): MqttError | undefined {
  if (status === SESSION_STATES.OK.value) return undefined;
  const meaning = meaningOf(SESSION_STATES, status) ?? UNKNOWN;
  const reason = status === SESSION_STATES.REFUSED.value ? meaningOf(RETURN_CODES, extend) : undefined;
  const text = reason === undefined ? meaning : `${meaning}: ${reason}`;
  return new MqttError(code, `${what}: ${text} (${numbers({ status, extend })})`, { result: status, extend });
}

const UNKNOWN = 'for an unknown reason';

/** Every `<result>` but 0 is a failure; the reason says more than the result, where there is one. */
function failure(
  code: ErrorCode,
  what: string,
  { result, extend }: Numbers,
  results: CodeTable,
  reasons: CodeTable,
): MqttError | undefined {
  if (result === 0) return undefined;
  const meaning = meaningOf(reasons, extend) ?? meaningOf(results, result) ?? UNKNOWN;
  return new MqttError(code, `${what}: ${meaning} (${numbers({ result, extend })})`, { result, extend });
}

/** `result -1, extend 4`, without what is absent. */
function numbers(named: Readonly<Record<string, number | undefined>>): string {
  const present = Object.entries(named).filter(([, value]) => value !== undefined);
  return present.map(([name, value]) => `${name} ${value}`).join(', ');
}

/** Throws what one of the functions above gave, if it gave anything. */
export function raise(failure: MqttError | undefined): void {
  if (failure !== undefined) throw failure;
}
