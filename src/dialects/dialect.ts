import type { CommandPort } from '../at/command.js';
import type { ModemError } from '../errors/modem-error.js';
import type { ModuleKind } from '../modem/module-kind.js';

export type Qos = 0 | 1 | 2;

/** Where the broker is. */
export interface BrokerAddress {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
}

/** MQTT 3.1.1 section 3.1.2.5: published by the broker when the session ends without DISCONNECT. */
export interface Will {
  readonly topic: string;
  readonly payload: string;
  readonly qos: Qos;
  readonly retain: boolean;
}

/** The identity of a device at Alibaba Cloud IoT. */
export interface DeviceTriple {
  readonly productKey: string;
  readonly deviceName: string;
  readonly deviceSecret: string;
}

/** What a session is opened with. */
export interface SessionOptions {
  readonly broker: BrokerAddress;
  readonly clientId: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** Seconds, 0 = never. */
  readonly keepalive: number;
  readonly clean: boolean;
  readonly will?: Will | undefined;
  /** 3 is MQTT 3.1, 4 is MQTT 3.1.1. */
  readonly protocolVersion: 3 | 4;
  /** The module's profile within the dialect. */
  readonly profile: string;
  /** Let the module keep downlinks until they are fetched. */
  readonly buffered: boolean;
  /** The module signs its login with it; `clientId` is then the part of the client id that is signed. */
  readonly triple?: DeviceTriple | undefined;
  /** Leave the triple that firmware has kept in the module as it is, default false; without effect next to `triple`. */
  readonly keepTriple?: boolean | undefined;
  /** CONNECT is sent once at most, whatever comes of it; default false. */
  readonly connectOnce?: boolean | undefined;
}

export interface Publication {
  readonly topic: string;
  readonly payload: Buffer;
  readonly qos: Qos;
  readonly retain: boolean;
}

export interface TopicFilter {
  readonly topic: string;
  readonly qos: Qos;
}

/** A downlink. */
export interface InboundMessage {
  readonly topic: string;
  readonly payload: Buffer;
  /** The id under which the module reported it. */
  readonly messageId: number;
}

/** What the session goes on without, and what follows from it. */
export interface Degradation {
  /** E.g. `recv/mode`. */
  readonly setting: string;
  readonly consequence: string;
  /** Who refused it; undefined where nobody did, or nobody says. */
  readonly refusedBy?: 'module' | 'broker';
}

export interface SessionHandlers {
  message(message: InboundMessage): void;
  /** The session ended without being asked to; called at most once, after a successful `open`. */
  lost(reason: ModemError): void;
  degraded(degradation: Degradation): void;
  /** CONNECT is about to be sent. */
  connecting?(): void;
}

export interface RequestOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called when the module has accepted the request, before its result. */
  readonly onAccepted?: (() => void) | undefined;
}

/** `untold`: the module refuses to say. */
export type SessionState = 'alive' | 'lost' | 'untold';

/** One MQTT session inside the module, from the first setting to the last result. Every promise settles. */
export interface DialectSession {
  /**
   * Fetches what an earlier session on this port was told of, clears away what it left, writes the settings, opens the
   * connection and sends CONNECT.
   */
  open(options?: RequestOptions): Promise<void>;
  /** Resolves at the result of SUBSCRIBE. */
  subscribe(filters: readonly TopicFilter[], options?: RequestOptions): Promise<void>;
  unsubscribe(topics: readonly string[], options?: RequestOptions): Promise<void>;
  /** Resolves when the message is sent, and acknowledged if its QoS is above 0. */
  publish(publication: Publication, options?: RequestOptions): Promise<void>;
  /** Asks the module whether the session lives; if not, it is lost from now on. */
  verify(): Promise<boolean>;
  /**
   * The same for a session that nothing speaks against: an answer that is garbled or missing once does not end it, nor
   * does a module that has never told.
   */
  check(): Promise<SessionState>;
  /** Resolves when no message waits in the module to be fetched, as far as it has announced them, or at the signal. */
  drain(options?: RequestOptions): Promise<void>;
  /**
   * Fetches what is announced, in a few seconds at most; DISCONNECT and close; after a loss without a word to the module. Afterwards nothing is reported any more. From a
   * loss until then, or until the next session of the module, messages are: the module may have its session still, and
   * has acknowledged them to the broker.
   */
  close(options?: RequestOptions): Promise<void>;
  /** Ends all requests with the reason, without a word to the module. */
  abandon(reason: ModemError): void;
}

/** The triple in the settings of a module. */
export interface TripleStore {
  /** Rejects with `COMMAND_FAILED` if the module refuses it, e.g. while a session is open. */
  write(port: CommandPort, triple: DeviceTriple, options?: RequestOptions): Promise<void>;
  /** Resolves with undefined when the module has none or does not tell [A]. */
  read(port: CommandPort, options?: RequestOptions): Promise<DeviceTriple | undefined>;
  /** Ends what an earlier session has left in the module and what would stand in the way of `write`. */
  clearAway(port: CommandPort, options?: RequestOptions): Promise<void>;
}

/** The driver of an AT command set for MQTT. */
export interface Dialect {
  readonly name: string;
  /** Each throws an `ArgumentError` for what the wire cannot carry. */
  checkSession(options: SessionOptions): void;
  checkPublication(publication: Publication, options: Pick<SessionOptions, 'profile'>): void;
  checkFilters(filters: readonly TopicFilter[]): void;
  /** Bytes of the largest payload of one publish. */
  largestPayload(options: Pick<SessionOptions, 'profile'>): number;
  /** Undefined: the modules do not store one. */
  readonly triples?: TripleStore | undefined;
  createSession(port: CommandPort, options: SessionOptions, handlers: SessionHandlers): DialectSession;
}

/** What a module says of itself: `AT+CGMM`, `AT+CGMR` and the full name of its firmware. */
export interface ModuleNames {
  readonly model: string;
  readonly revision: string;
  readonly firmware?: string | undefined;
}

/** How the modules of a dialect are recognised, and what they have of their own beside MQTT. */
export interface DialectIdentity extends ModuleKind {
  /** The profile that the names fit, or undefined: it is no module of this dialect that is known. */
  profileOf(names: ModuleNames): string | undefined;
}
