import type { CommandPort } from '../../at/command.js';
import { CommandError, ConnectionClosedError } from '../../errors/kinds.js';
import { ModemError } from '../../errors/modem-error.js';
import type { SessionState } from '../dialect.js';
import { CONNECT_STATE, CONNECTED } from './connection-commands.js';

/** Modules that have answered LMQTTCONN? before: `ERROR` is no missing feature there. */
const TELLING = new WeakSet<CommandPort>();

/** Times that a session which nothing speaks against is asked for until it is given up. */
const CHECK_TRIES = 2;

/** Resolves if the module says that the session is connected; rejects with why it is not, or with why it does not say. */
export async function requireConnected(port: CommandPort, signal: AbortSignal): Promise<void> {
  const { state } = await port.execute(CONNECT_STATE, null, { signal, priority: 'recovery' });
  TELLING.add(port);
  if (state === CONNECTED) return;
  throw new ConnectionClosedError(`session lost: LMQTTCONN? answers state ${state}`);
}

/** A session whose state is asked for. */
interface AskedSession {
  readonly port: CommandPort;
  /** Whether it is up, as far as is known here. */
  connected(): boolean;
  /** As `requireConnected`; rejects as well when the session ends meanwhile. */
  ask(): Promise<void>;
  lose(reason: ModemError): void;
}

/** Asks for the state of a session, once for all who ask at the same time. */
export class StateQuestions {
  readonly #session: AskedSession;
  #verifying: Promise<boolean> | undefined;
  #checking: Promise<SessionState> | undefined;

  constructor(session: AskedSession) {
    this.#session = session;
  }

  /** As `DialectSession.verify`: no answer, or any other state than connected, is a loss (lmqtt.md 8). */
  verify(): Promise<boolean> {
    this.#verifying ??= this.#verify().finally(() => {
      this.#verifying = undefined;
    });
    return this.#verifying;
  }

  /** As `DialectSession.check`. */
  check(): Promise<SessionState> {
    this.#checking ??= this.#check().finally(() => {
      this.#checking = undefined;
    });
    return this.#checking;
  }

  async #verify(): Promise<boolean> {
    const { connected, ask } = this.#session;
    if (!connected()) return false;
    try {
      await ask();
      return connected();
    } catch (error) {
      this.#lose(error);
      return false;
    }
  }

  async #check(): Promise<SessionState> {
    const { connected, ask, port } = this.#session;
    for (let tries = 1; connected(); tries += 1) {
      try {
        await ask();
        return connected() ? 'alive' : 'lost';
      } catch (error) {
        const doubt = doubtOf(error, port);
        if (doubt !== 'none' && tries < CHECK_TRIES) continue;
        if (doubt === 'refused') return connected() ? 'untold' : 'lost';
        this.#lose(error);
      }
    }
    return 'lost';
  }

  #lose(cause: unknown): void {
    const closed = cause instanceof ConnectionClosedError;
    this.#session.lose(
      closed ? cause : new ModemError('SESSION_LOST', 'session lost: its state cannot be read', { cause }),
    );
  }
}

/** `garbled`: what came is no answer, or nothing came; another question may do better. */
function doubtOf(error: unknown, port: CommandPort): 'none' | 'garbled' | 'refused' {
  if (error instanceof CommandError && !TELLING.has(port)) return 'refused';
  if (!(error instanceof ModemError)) return 'none';
  return ['TIMEOUT', 'BAD_RESPONSE', 'COMMAND_FAILED'].includes(error.code) ? 'garbled' : 'none';
}
