import type { Client } from '../../client/client.js';
import { connect } from '../../client/connect.js';
import type { ConnectOptions } from '../../client/options.js';
import { openModem } from '../../dialects/open-modem.js';
import { ModemError } from '../../errors/modem-error.js';
import type { Modem } from '../../modem/modem.js';
import type { OpenModemOptions } from '../../modem/open-options.js';
import { sourceName } from '../../transport/url-text.js';
import { degradationText } from '../log.js';
import type { Session } from './session.js';

/** The driver on the port of the console: for a session with a broker, or for a question or two. */
export class MqttDriver {
  readonly #session: Session;
  readonly #options: Pick<OpenModemOptions, 'startTimeout'>;
  #client: Client | undefined;
  #target = '';
  readonly #filters = new Set<string>();

  constructor(session: Session, options: Pick<OpenModemOptions, 'startTimeout'>) {
    this.#session = session;
    this.#options = options;
  }

  /** The client, while there is one; throws `NOT_CONNECTED`. */
  get client(): Client {
    if (this.#client !== undefined) return this.#client;
    throw new ModemError('NOT_CONNECTED', 'there is no session with a broker: .connect makes one');
  }

  /** The session in words. */
  get state(): string {
    if (this.#client === undefined) return 'none: the port is used raw';
    const filters = this.#filters.size === 0 ? '' : `, subscribed to ${[...this.#filters].join(', ')}`;
    return `${this.#client.connected ? 'connected' : 'connecting again'} to ${this.#target}${filters}`;
  }

  /** Rejects as `connect`, and with `INVALID_ARGUMENT` when there is a session. */
  async connect(options: ConnectOptions): Promise<void> {
    if (this.#client !== undefined) {
      throw new ModemError('INVALID_ARGUMENT', 'there is a session already: .disconnect ends it');
    }
    await this.#session.exclusively(async (signal) => {
      this.#session.drive(undefined, 'connecting');
      try {
        const client = await connect(() => this.#session.tap(), { ...this.#options, ...options, signal });
        this.#adopt(client, options);
      } catch (error) {
        this.#session.drive(undefined, 'raw');
        throw error;
      }
    });
  }

  async subscribe(filters: Readonly<Record<string, { readonly qos: 0 | 1 | 2 }>>): Promise<void> {
    await this.client.subscribe(filters);
    for (const filter of Object.keys(filters)) this.#filters.add(filter);
  }

  async unsubscribe(filters: readonly string[]): Promise<void> {
    await this.client.unsubscribe(filters);
    for (const filter of filters) this.#filters.delete(filter);
  }

  /** Ends the session; the port stays open. Nothing to do without one. */
  async disconnect(force = false): Promise<void> {
    await this.#client?.end({ force });
  }

  /** Runs `use` with the module: that of the session, or one that is there for this only. Rejects as `openModem`. */
  withModem<T>(use: (modem: Modem, signal: AbortSignal) => Promise<T>): Promise<T> {
    const client = this.#client;
    return this.#session.exclusively((signal) =>
      this.#session.quietly(async () => {
        if (client !== undefined) return use(client.modem, signal);
        const modem = await openModem(() => this.#session.tap(), { ...this.#options, echo: 'leave', signal });
        try {
          return await use(modem, signal);
        } finally {
          await modem.close();
        }
      }),
    );
  }

  #adopt(client: Client, options: ConnectOptions): void {
    const session = this.#session;
    const note = (text: string, kind: 'plain' | 'good' | 'bad' = 'plain') => session.emit('note', text, kind);
    this.#client = client;
    this.#target = sourceName(options.broker ?? 'the cloud of its triple');
    this.#filters.clear();
    session.drive(client.modem, client.connected ? 'connected' : 'offline');
    client.on('connect', () => {
      if (client.stats().reconnects === 0) return;
      session.drive(client.modem, 'connected');
      note('connected again', 'good');
    });
    client.on('offline', () => session.drive(client.modem, 'offline'));
    client.on('recovery', ({ sentence }) => note(sentence, 'bad'));
    client.on('degraded', (told) => note(degradationText(told)));
    client.on('error', (error) => note(error.message, 'bad'));
    client.on('end', () => {
      this.#client = undefined;
      session.drive(undefined, 'raw');
    });
  }
}
