import type { Client } from 'aedes';
import { deferred } from '../../util/deferred.js';
import type { DeviceLogin, KickReason, OfflineReason } from './events.js';

export interface CloudSessionHandlers {
  /** CONNACK is about to be sent. */
  online(): void;
  /** The broker has forgotten the session; `wasOnline`: `online` was called. */
  over(wasOnline: boolean): void;
}

/** The connection of one device, from an accepted CONNECT until the broker has forgotten it. */
export class CloudSession {
  readonly login: DeviceLogin;
  /** Resolves when all earlier sessions of the device are over. */
  readonly admission: Promise<void>;
  readonly #client: Client;
  readonly #handlers: CloudSessionHandlers;
  readonly #settled = deferred<void>();
  readonly #over = deferred<void>();
  #state: 'admitted' | 'online' | 'over' = 'admitted';
  #reason: OfflineReason = 'closed';

  constructor(client: Client, login: DeviceLogin, admission: Promise<void>, handlers: CloudSessionHandlers) {
    this.#client = client;
    this.login = login;
    this.admission = admission;
    this.#handlers = handlers;
    client.conn.once('close', () => this.#onClosed());
  }

  /** Resolves when CONNACK is sent, or the connection is closed before. */
  get settled(): Promise<void> {
    return this.#settled.promise;
  }

  /** Resolves when the broker knows nothing of it any more. */
  get over(): Promise<void> {
    return this.#over.promise;
  }

  get online(): boolean {
    return this.#state === 'online';
  }

  get reason(): OfflineReason {
    return this.#reason;
  }

  /** The broker knows it from now on, and tells when it has forgotten it; CONNACK comes next. */
  registered(): void {
    this.#state = 'online';
    this.#handlers.online();
  }

  /** CONNACK is sent. */
  acknowledged(): void {
    this.#settled.resolve();
  }

  /** The broker has forgotten it. */
  finish(): void {
    const wasOnline = this.#state === 'online';
    this.#state = 'over';
    this.#handlers.over(wasOnline);
    this.#settled.resolve();
    this.#over.resolve();
  }

  /** Why the connection is about to be closed; the first reason counts. */
  explain(reason: KickReason | 'keepalive'): void {
    if (this.#reason === 'closed') this.#reason = reason;
  }

  close(): void {
    this.#client.close();
  }

  /** Sends a message to this device alone, QoS 0, whether it is subscribed or not. */
  push(topic: string, payload: string): void {
    this.#client.publish({ cmd: 'publish', topic, payload, qos: 0, retain: false, dup: false }, () => {});
  }

  #onClosed(): void {
    this.#settled.resolve();
    if (this.#state === 'admitted') this.finish();
  }
}
