import type { ErrorCode } from '../../errors/codes.js';
import { MqttError, SerialServerError, TimeoutError } from '../../errors/kinds.js';
import { ModemError } from '../../errors/modem-error.js';
import { maskSecrets } from '../../errors/secrets.js';
import { SimNotReadyError, type SimState } from '../../modem/sim.js';
import { FAILURES, type FailureCode } from '../failures.js';
import type { Reason } from '../ledger/ledger-types.js';
import type { PortPhase } from './station-types.js';

/** Why a unit fails, as the steps of the station throw it. */
export class StationFailure extends Error {
  readonly code: FailureCode;

  /** `detail` is about the case at hand; it holds no secret. */
  constructor(code: FailureCode, detail?: string, options?: { readonly cause?: unknown }) {
    const { sentence } = FAILURES[code];
    super(detail === undefined ? sentence : `${sentence}: ${detail}`, options);
    this.name = 'StationFailure';
    this.code = code;
  }
}

/** A reason whose code is one of this version. */
export interface KnownReason extends Reason {
  readonly code: FailureCode;
}

/** What errors mean wherever they come; what depends on the place is in `meaningOf`. */
const MEANINGS: Readonly<Partial<Record<ErrorCode, FailureCode>>> = {
  PORT_NOT_FOUND: 'MODULE_LOST',
  PORT_NO_PERMISSION: 'MODULE_LOST',
  PORT_BUSY: 'MODULE_LOST',
  PORT_FAILED: 'MODULE_LOST',
  PORT_CLOSED: 'MODULE_LOST',
  NOT_RESPONDING: 'MODULE_LOST',
  REBOOTED: 'MODULE_LOST',
  ABORTED: 'INTERRUPTED',
  // Of the ledger: somebody else has ended the attempt.
  CLOSED: 'INTERRUPTED',
  COMMAND_FAILED: 'MODULE_FAULT',
  BAD_RESPONSE: 'MODULE_FAULT',
  UNSUPPORTED: 'MODULE_FAULT',
  DISCONNECT_FAILED: 'MODULE_FAULT',
  SIM_NOT_READY: 'SIM_NOT_READY',
  NOT_REGISTERED: 'NO_NETWORK',
  OPEN_FAILED: 'CLOUD_UNREACHABLE',
  CONNECT_FAILED: 'CLOUD_UNREACHABLE',
  SESSION_LOST: 'CLOUD_UNREACHABLE',
  NOT_CONNECTED: 'CLOUD_UNREACHABLE',
  SUBSCRIBE_FAILED: 'PROOF_FAILED',
  PUBLISH_FAILED: 'PROOF_FAILED',
  PUBLISH_REFUSED: 'PROOF_FAILED',
  LEDGER_BUSY: 'LEDGER_FAILED',
  LEDGER_UNUSABLE: 'LEDGER_FAILED',
  REGISTRATION_FAILED: 'REGISTRATION_FAILED',
  REGISTRATION_REFUSED: 'REGISTRATION_REFUSED',
  REGISTRATION_UNANSWERED: 'REGISTRATION_UNANSWERED',
};

/** A SIM is there, and somebody must unlock it. */
const LOCKED: readonly SimState[] = ['pin', 'puk', 'locked'];

/** Return codes of CONNACK: MQTT 3.1.1 section 3.2.2.3. */
const SERVER_UNAVAILABLE = 3;
const BAD_CREDENTIALS: readonly number[] = [4, 5];

/** Why a unit failed, in the words of `FAILURES` and of the error. */
export function reasonOf(error: unknown, phase: PortPhase): KnownReason {
  if (error instanceof StationFailure) return { code: error.code, message: error.message };
  // The sentence of a lost module would blame the module for what a server has said.
  if (error instanceof SerialServerError) {
    return { code: 'MODULE_LOST', message: maskSecrets(error.message) };
  }
  if (error instanceof ModemError) return reason(meaningOf(error, phase), error.message);
  return reason('STATION_FAULT', error instanceof Error ? error.message : String(error));
}

/** `detail` may quote anything; secrets in it are masked. */
function reason(code: FailureCode, detail: string): KnownReason {
  return { code, message: `${FAILURES[code].sentence}: ${maskSecrets(detail)}` };
}

function meaningOf(error: ModemError, phase: PortPhase): FailureCode {
  if (error instanceof SimNotReadyError && LOCKED.includes(error.state)) return 'SIM_LOCKED';
  if (error.code === 'CONNECT_REFUSED') return refusalOf(error);
  if (error.code === 'TIMEOUT') return timeoutOf(error, phase);
  if (error.code === 'COMMAND_FAILED' && isWrite(error, phase)) return 'WRITE_REFUSED';
  if (error.code === 'COMMAND_FAILED' && isConnect(error)) return 'CLOUD_UNREACHABLE';
  if (error.code === 'COMMAND_FAILED' && phase === 'proving') return 'PROOF_FAILED';
  return MEANINGS[error.code] ?? 'STATION_FAULT';
}

function refusalOf(error: ModemError): FailureCode {
  const code = error instanceof MqttError ? error.extend : undefined;
  if (code === SERVER_UNAVAILABLE) return 'CLOUD_UNREACHABLE';
  return code !== undefined && BAD_CREDENTIALS.includes(code) ? 'SIGNATURE_REFUSED' : 'LOGIN_REFUSED';
}

/** A module that does not answer a command is lost; a result that does not come is the cloud's. */
function timeoutOf(error: ModemError, phase: PortPhase): FailureCode {
  const ofCloud = error instanceof TimeoutError && error.stage === 'result';
  if (!ofCloud) return 'MODULE_LOST';
  return phase === 'proving' ? 'PROOF_FAILED' : 'CLOUD_UNREACHABLE';
}

/** Also the client writes the triple, before each login. */
function isWrite(error: ModemError, phase: PortPhase): boolean {
  return phase === 'writing' || (error.command ?? '').includes('aliauth');
}

/**
 * Whether the command line was that of CONNECT. It comes right behind the success of the one that opens the connection,
 * so a module that refuses it has lost the connection in between, and tells that later [A].
 */
function isConnect(error: ModemError): boolean {
  return /^AT\+[A-Z]+CONN(?:ECT)?=/.test(error.command ?? '');
}
