import { EventEmitter } from 'node:events';
import type { TlsOptions } from 'node:tls';
import { checkOneOf, checkText } from '../../at/checks.js';
import { ArgumentError } from '../../errors/kinds.js';
import { type EmbeddedBroker, startBroker } from '../embedded-broker.js';
import { AliyunCloudFaults } from './aliyun-cloud-faults.js';
import { type CloudProduct, DeviceRegistry } from './device-registry.js';
import type { AliyunCloudEvents, DeviceLogin } from './events.js';
import { Gate } from './gate.js';
import { RegisteringClients } from './registering-clients.js';
import { cloudSeams } from './registration/cloud-seams.js';
import { RegistrationDesk } from './registration/registration-desk.js';
import { type Registration, startRegistration } from './registration/registration-server.js';
import { RegistrationService } from './registration/registration-service.js';
import type { CloudSeams } from './seams.js';
import { Sessions } from './sessions.js';
import { timeAnswer } from './time-service.js';
import { messageOf, NOWHERE, topicRules } from './topic-rules.js';

export type { CloudDevice, CloudProduct, DeviceEntry } from './device-registry.js';
export type * from './events.js';

export interface AliyunCloudOptions {
  readonly products: readonly CloudProduct[];
  /** Default 0: a free one. */
  readonly port?: number;
  /** Default `127.0.0.1`. */
  readonly host?: string;
  /** Key and certificate: speaks TLS on the same port as well. */
  readonly tls?: TlsOptions;
  /** Decides the secrets that it issues; random by default. */
  readonly seed?: number;
  /** Where devices register over HTTP; default 0: a free one. */
  readonly registrationPort?: number;
  /** Faults that are on from the start, e.g. `error=503:2`. */
  readonly faults?: readonly string[];
}

/** A simulated Alibaba Cloud IoT: logins, topics and the time service of aliyun.md 1, in front of a real broker. */
export interface AliyunCloud {
  /** `mqtt://host:port`, the `broker` of a simulated module whether it speaks TLS or not. */
  readonly url: string;
  /** `mqtts://` on the same port; undefined without `tls`. */
  readonly tlsUrl: string | undefined;
  readonly registry: DeviceRegistry;
  readonly events: EventEmitter<AliyunCloudEvents>;
  /** Dynamic registration: the base URL for HTTP, and what was asked for, in either way. */
  readonly registration: Pick<Registration, 'url' | 'events'>;
  readonly faults: AliyunCloudFaults;
  /** Who is online now. */
  online(): readonly DeviceLogin[];
  /** Closes the connection of a device; false if it is not online. */
  kick(productKey: string, deviceName: string): boolean;
  /**
   * As a rules engine or a server of the product's owner does. Resolves when the broker has it; throws an
   * `ArgumentError`.
   */
  publish(topic: string, payload: string | Buffer, qos?: 0 | 1): Promise<void>;
  /** Breaks all connections; idempotent. */
  close(): Promise<void>;
}

/** Longer than any client id; the limit of MQTT 3.1 is not the cloud's. */
const ANY_LENGTH = 65_535;

/** Starts a simulated cloud. Rejects with `ArgumentError` or `PORT_FAILED`. */
export async function startAliyunCloud(
  { products, seed, tls, registrationPort, faults: specs = [], ...address }: AliyunCloudOptions,
  others: CloudSeams = {},
): Promise<AliyunCloud> {
  const registry = new DeviceRegistry(products, seed);
  const faults = new AliyunCloudFaults();
  for (const spec of specs) faults.on(spec);
  const desk = new RegistrationDesk(new RegistrationService(registry), faults);
  const seams = { ...cloudSeams(desk, faults), ...others };
  const events = new EventEmitter<AliyunCloudEvents>();
  const sessions = new Sessions(events);
  const registering = new RegisteringClients();
  const gate = new Gate({ registry, sessions, registering, events, seams });
  const broker = await startBroker({
    ...address,
    ...(tls === undefined ? {} : { tls, plainToo: true }),
    maxClientsIdLength: ANY_LENGTH,
    preConnect: (client, packet, done) => {
      gate.read(client, packet);
      done(null, true);
    },
    authenticate: async (client, _username, _password, done) => {
      const decision = await gate.decide(client);
      if (decision === 'accepted') done(null, true);
      else if (decision !== 'gone') done(decision, false);
    },
    ...topicRules(sessions, registering, events),
  });
  // In the same turn: devices that try again are there as soon as the port is.
  const { aedes, url } = broker;
  sessions.follow(aedes);
  registering.follow(aedes);
  aedes.on('clientReady', (client) => {
    const session = sessions.of(client);
    if (session !== undefined && seams.dropsAfterLogin?.()) sessions.end(session, 'another login');
  });
  aedes.on('publish', (packet, client) => {
    const session = client === null ? undefined : sessions.of(client);
    if (session === undefined || packet.topic === NOWHERE) return;
    const message = messageOf(session, packet);
    events.emit('published', message);
    const answer = seams.isDeaf?.() ? undefined : timeAnswer(message, Date.now);
    // Whether or not the device is subscribed: some of the vendor's SDKs are not [C].
    if (answer !== undefined) session.push(answer.topic, answer.payload);
  });
  const registration = await startRegistration(desk, broker, { port: registrationPort, host: address.host });
  return {
    url,
    tlsUrl: tls === undefined ? undefined : url.replace(/^mqtt:/, 'mqtts:'),
    registry,
    events,
    registration,
    faults,
    online: () => sessions.online,
    kick: (productKey, deviceName) => {
      const device = registry.find(productKey, deviceName);
      const session = device === undefined ? undefined : sessions.find(device);
      return session !== undefined && sessions.end(session, 'by hand');
    },
    publish: (topic, payload, qos = 0) => publish(broker, topic, payload, qos),
    close: async () => {
      await Promise.all([registration.close(), broker.close()]);
    },
  };
}

async function publish(
  { aedes }: EmbeddedBroker,
  topic: string,
  payload: string | Buffer,
  qos: 0 | 1,
): Promise<void> {
  checkText('topic', topic, { max: 256 });
  if (/[+#]/.test(topic)) throw new ArgumentError('topic', JSON.stringify(topic), 'without + and #');
  checkOneOf('qos', qos, [0, 1]);
  await new Promise<void>((resolve, reject) => {
    aedes.publish({ cmd: 'publish', topic, payload, qos, retain: false, dup: false }, (error) =>
      error ? reject(error) : resolve(),
    );
  });
}
