import { farewell } from '../../client/attempt.js';
import type {
  DeviceTriple,
  Dialect,
  DialectSession,
  InboundMessage,
  SessionOptions,
} from '../../dialects/dialect.js';
import { TimeoutError } from '../../errors/kinds.js';
import { ModemError } from '../../errors/modem-error.js';
import type { Modem } from '../../modem/modem.js';
import { untilAborted } from '../../modem/until-aborted.js';
import { deferred } from '../../util/deferred.js';
import { judgeTriple } from './register-answer.js';
import type { RegistrationTarget } from './register-target.js';
import { parseRegistrationPush, REGISTRATION_TOPIC } from './wire/registration.js';

/** ms from CONNACK to the push; after 15 s the cloud closes the connection: aliyun.md 2b [D]. */
const PUSH_LIMIT = 20_000;

/** One session that registers: CONNECT is the question, a push behind CONNACK the answer; aliyun.md 2b [D]. */
export class RegistrationSession {
  readonly #modem: Modem;
  readonly #target: RegistrationTarget;
  readonly #session: DialectSession;
  readonly #answer = deferred<DeviceTriple>();
  #asked = false;
  #secret: DeviceTriple | undefined;

  constructor(dialect: Dialect, modem: Modem, options: SessionOptions, target: RegistrationTarget) {
    this.#modem = modem;
    this.#target = target;
    this.#session = dialect.createSession(modem, options, {
      connecting: () => {
        this.#asked = true;
      },
      message: (message) => this.#onMessage(message),
      lost: (reason) => this.#answer.reject(reason),
      degraded: () => {},
    });
    this.#answer.promise.catch(() => {});
  }

  /** Whether CONNECT is, or may be, on its way. */
  get asked(): boolean {
    return this.#asked;
  }

  /** What the cloud has answered. */
  get secret(): DeviceTriple | undefined {
    return this.#secret;
  }

  /** Resolves with the answer; to be called once. */
  async run(signal: AbortSignal): Promise<DeviceTriple> {
    await this.#modem.requireNetwork({ signal });
    // The push counts even if what should come before it is lost.
    return untilAborted(Promise.race([this.#answer.promise, this.#ask(signal)]), signal);
  }

  /** Never rejects. */
  close(): Promise<void> {
    this.#answer.reject(new ModemError('CLOSED', 'the session was closed'));
    return farewell(this.#session);
  }

  async #ask(signal: AbortSignal): Promise<DeviceTriple> {
    await this.#session.open({ signal });
    const late = new TimeoutError('result', PUSH_LIMIT, { command: 'registration' });
    const limit = setTimeout(() => this.#answer.reject(late), PUSH_LIMIT);
    return this.#answer.promise.finally(() => clearTimeout(limit));
  }

  /** What came before CONNECT belongs to an earlier session of the module, and so to a secret that is dead. */
  #onMessage({ topic, payload }: InboundMessage): void {
    if (!this.#asked || topic !== REGISTRATION_TOPIC) return;
    const triple = parseRegistrationPush(payload);
    const verdict = triple && judgeTriple(triple, this.#target);
    if (verdict === undefined || !('triple' in verdict)) return;
    this.#secret ??= verdict.triple;
    this.#answer.resolve(verdict.triple);
  }
}
