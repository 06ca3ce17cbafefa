import type { EventEmitter } from 'node:events';
import { TLSSocket } from 'node:tls';
import type { AuthenticateError, Client, ConnectPacket } from 'aedes';
import { formatUsername, parseClientId, parseUsername } from '../../cloud/aliyun/wire/client-id.js';
import { delay } from '../../util/delay.js';
import type { DeviceRegistry } from './device-registry.js';
import type { AliyunCloudEvents, LoginRefusal } from './events.js';
import { type ConnectFacts, checkLogin, LOGIN_REFUSALS } from './login-check.js';
import type { RegisteringClients } from './registering-clients.js';
import type { CloudSeams } from './seams.js';
import type { Sessions } from './sessions.js';

export interface GateSurroundings {
  readonly registry: DeviceRegistry;
  readonly sessions: Sessions;
  readonly registering: RegisteringClients;
  readonly events: EventEmitter<AliyunCloudEvents>;
  readonly seams: CloudSeams;
}

/** CONNACK with return code 1: MQTT 3.1.1 3.2. */
const WRONG_VERSION = Buffer.from([0x20, 2, 0, 1]);

/** What becomes of a CONNECT. */
export class Gate {
  readonly #surroundings: GateSurroundings;
  readonly #facts = new WeakMap<Client, ConnectFacts>();
  #strangers = 0;

  constructor(surroundings: GateSurroundings) {
    this.#surroundings = surroundings;
  }

  /**
   * Reads CONNECT, and lets the broker know devices by name: its client id has a cid and a timestamp in it, which may
   * differ from login to login, and its session is kept all the same [A].
   */
  read(client: Client, packet: ConnectPacket): void {
    const { clientId, username = '', password = '', keepalive = 0, will } = packet;
    const tls = client.conn instanceof TLSSocket;
    const facts = {
      clientId,
      username,
      password: String(password),
      keepalive,
      will: will !== undefined,
      tls,
    };
    this.#facts.set(client, facts);
    const names = isRegistration(facts) ? undefined : parseUsername(username);
    if (names === undefined) {
      this.#strangers += 1;
      packet.clean = true;
      packet.clientId = `stranger-${this.#strangers}`;
    } else {
      packet.clientId = formatUsername(names.productKey, names.deviceName);
    }
  }

  /** Resolves with an error for what is refused; it has the return code of CONNACK. `gone`: there is nobody to answer. */
  async decide(client: Client): Promise<'accepted' | 'gone' | AuthenticateError> {
    const { seams, events } = this.#surroundings;
    const facts = this.#facts.get(client);
    if (facts === undefined) return 'gone';
    const ms = seams.connectDelay?.() ?? 0;
    if (ms > 0) await delay(ms);
    if (client.conn.destroyed) return 'gone';
    const refusal = isRegistration(facts) ? this.#register(client, facts) : await this.#login(client, facts);
    if (client.conn.destroyed) return 'gone';
    if (refusal === undefined) return 'accepted';
    events.emit('refused', refusal);
    // The broker says it to whom speaks another version of MQTT, and to nobody else.
    if (refusal.returnCode === 1) {
      client.conn.end(WRONG_VERSION, () => client.conn.destroy());
      return 'gone';
    }
    return Object.assign(new Error(refusal.reason), { returnCode: refusal.returnCode });
  }

  async #login(client: Client, facts: ConnectFacts): Promise<LoginRefusal | undefined> {
    const { registry, sessions } = this.#surroundings;
    const verdict = checkLogin(registry, facts);
    const forced = this.#forcedRefusal();
    if (forced !== undefined) return { ...('login' in verdict ? verdict.login : verdict.refusal), ...forced };
    if ('refusal' in verdict) return verdict.refusal;
    await sessions.admit(client, verdict.device, verdict.login);
    return undefined;
  }

  #register(client: Client, { clientId, username, password, tls }: ConnectFacts): LoginRefusal | undefined {
    const { registering, seams } = this.#surroundings;
    const who = { ...parseUsername(username) };
    const forced = this.#forcedRefusal();
    if (forced !== undefined) return { ...who, ...forced };
    const reply = seams.register?.({ clientId, username, password, tls }) ?? LOGIN_REFUSALS.AUTH_TYPE;
    if (reply === 'cut') client.conn.destroy();
    else if ('returnCode' in reply) return { ...who, ...reply };
    else registering.expect(client, reply);
    return undefined;
  }

  #forcedRefusal(): LoginRefusal | undefined {
    const returnCode = this.#surroundings.seams.loginRefusal?.();
    return returnCode === undefined ? undefined : { returnCode, reason: 'a fault' };
  }
}

/** `authType` says that somebody wants to register: aliyun.md 2b [D]. */
function isRegistration({ clientId }: ConnectFacts): boolean {
  return parseClientId(clientId)?.parameters.has('authType') ?? false;
}
