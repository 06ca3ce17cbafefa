import type { Duplex } from 'node:stream';
import { Channel, type ChannelOptions } from '../at/channel.js';
import { ModuleRebootedError } from '../errors/kinds.js';
import { ModemError } from '../errors/modem-error.js';
import { deferred } from '../util/deferred.js';
import { BootReader } from './boot-markers.js';
import type { BootLines } from './module-kind.js';
import { type StartUpOptions, startUp } from './start-up.js';

export type OpenPortOptions = StartUpOptions & Pick<ChannelOptions, 'gap' | 'wakeAfter' | 'maxLine'>;

type OpenPortState = Pick<ChannelOptions, 'stats' | 'open'> & { readonly boot: BootLines };

export interface OpenPortHandlers {
  /** `text` has its secrets masked when it is asked for. */
  urc(text: () => string): void;
  /** The module restarted or powers down, outside a start-up. */
  reboot(marker: string): void;
  /** The start-up after a restart is over. */
  ready(): void;
  /** The module does not answer any more, or did not come back after a restart. */
  unresponsive(error: ModemError): void;
  /** The port is gone; no error if `close` was called. Called once, last. */
  close(error: ModemError | undefined): void;
}

/** One boot sends up to three markers, and a power-down one; a module that restarts more often is not usable. */
const MAX_RESTARTS = 8;

/** One open port: its channel, and the start-up that is due at first and after every restart of the module. */
export class OpenPort {
  readonly channel: Channel;
  /** Whether the next power-down is wanted: the module is not called back then. */
  powerDownExpected = false;
  readonly #options: OpenPortOptions;
  readonly #boot: BootReader;
  readonly #handlers: OpenPortHandlers;
  readonly #closed = deferred<void>();
  #starting: Promise<void> | undefined;
  #restarts = 0;
  #lastMarker = '';

  constructor(stream: Duplex, options: OpenPortOptions & OpenPortState, handlers: OpenPortHandlers) {
    const { echo: _echo, startTimeout: _startTimeout, boot, ...channelOptions } = options;
    this.#options = options;
    this.#boot = new BootReader(boot);
    this.#handlers = handlers;
    this.channel = new Channel(stream, { ...channelOptions, bootMarker: (line) => this.#boot.marker(line) });
    this.channel.on('urc', (text) => handlers.urc(text));
    this.channel.on('reboot', (marker) => this.#onReboot(marker));
    this.channel.on('unresponsive', () => this.#onUnresponsive());
    this.channel.on('close', (error) => {
      this.#closed.resolve();
      handlers.close(error);
    });
  }

  /** Runs the start-up, or joins the one that is running; the signal counts for the one who started it. */
  start(signal?: AbortSignal): Promise<void> {
    this.#starting ??= this.#startUntilUp(signal).finally(() => {
      this.#starting = undefined;
    });
    return this.#starting;
  }

  /** Resolves when the port is released. */
  close(): Promise<void> {
    this.channel.close();
    return this.#closed.promise;
  }

  /** A restart in the middle of a start-up makes it begin anew. */
  async #startUntilUp(signal: AbortSignal | undefined): Promise<void> {
    const limit = this.#restarts + MAX_RESTARTS;
    while (this.#restarts < limit) {
      const seen = this.#restarts;
      try {
        await startUp(this.channel, this.#options, signal);
      } catch (error) {
        if (seen === this.#restarts || !isReboot(error)) throw error;
      }
      if (seen === this.#restarts) return;
    }
    throw new ModuleRebootedError(this.#lastMarker);
  }

  /** A start-up that fails tells it by itself. */
  #onUnresponsive(): void {
    if (this.#starting !== undefined) return;
    this.#handlers.unresponsive(new ModemError('NOT_RESPONDING', 'the module does not answer AT'));
  }

  #onReboot(marker: string): void {
    this.#restarts += 1;
    this.#lastMarker = marker;
    if (this.#starting !== undefined) return;
    const staysOff = this.powerDownExpected && this.#boot.isPowerDown(marker);
    this.powerDownExpected = false;
    this.#handlers.reboot(marker);
    if (staysOff || this.channel.closed) return;
    this.start().then(
      () => this.#handlers.ready(),
      (error: ModemError) => {
        if (!this.channel.closed) this.#handlers.unresponsive(error);
      },
    );
  }
}

function isReboot(error: unknown): boolean {
  return error instanceof ModemError && error.code === 'REBOOTED';
}
