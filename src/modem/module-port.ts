import { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';
import { emptyStats } from '../at/channel-options.js';
import { checkOneOf } from '../at/checks.js';
import type {
  Command,
  CommandPort,
  ExclusiveOptions,
  ExecuteOptions,
  RawOptions,
  RawResponse,
} from '../at/command.js';
import { LARGEST_PAYLOAD } from '../at/filler.js';
import type { OpenPrompt } from '../at/resync-options.js';
import type { Urc } from '../at/urc.js';
import { checkOptions, type OptionNames } from '../errors/check-options.js';
import { ModemError } from '../errors/modem-error.js';
import type { TransportSource } from '../transport/open.js';
import { SameDevice } from '../transport/same-device.js';
import { type TraceEntry, traced } from '../transport/trace.js';
import type { ModemEvents } from './events.js';
import { type ModemStats, modemStats } from './modem-stats.js';
import type { BootLines, ModuleKind } from './module-kind.js';
import { OpenPort, type OpenPortOptions } from './open-port.js';
import { checkStartUp } from './start-up.js';
import { untilAborted } from './until-aborted.js';

export type ModulePortOptions = OpenPortOptions & {
  /** Limit in ms for opening the port, default 10 000. */
  readonly openTimeout?: number;
  /**
   * Whether the module may wait for a payload that an earlier program left unfinished, default true: then it is filled up
   * with ESC and CR (8564 bytes, 0.75 s at 115200 bit/s) before the first command line, which would become a part of it.
   */
  readonly fillUp?: boolean;
  /** Called for what goes over the wire, line by line. */
  readonly trace?: (entry: TraceEntry) => void;
  /** Shows passwords and device secrets in the trace instead of `***`, default false. */
  readonly traceSecrets?: boolean;
};

const RAW_NAMES = {
  ...{ signal: true, timeout: true, responseLimit: true, priority: true, onAccepted: true },
  payload: true,
} as const satisfies OptionNames<RawOptions>;

/**
 * The AT port of a module, over restarts of the module and reopened ports: listeners and URC subscriptions stay.
 *
 * When the module restarts, what is pending or queued rejects with `REBOOTED`, and the start-up runs again; what is
 * asked from then on waits in the queue behind it. While the port is closed, everything rejects with `PORT_CLOSED`, and
 * after `close` with `CLOSED`.
 */
export class ModulePort extends EventEmitter<ModemEvents> implements CommandPort {
  readonly #source: SameDevice;
  readonly #boot: BootLines;
  readonly #options: ModulePortOptions;
  readonly #urcs = new UrcSubscriptions();
  readonly #unsolicited = new Set<(text: () => string) => void>();
  readonly #ended = new AbortController();
  readonly #stats = emptyStats();
  #reboots = 0;
  #opened = 0;
  #openPort: OpenPort | undefined;
  /** The prompt at which the module may be when the port is opened next. */
  #openPrompt: OpenPrompt | undefined;
  #opening: Promise<void> | undefined;
  #closing: Promise<void> | undefined;

  /** Throws an `ArgumentError` for options that cannot be; the source is looked at when the port opens. */
  constructor(source: TransportSource, kind: ModuleKind, options: ModulePortOptions = {}) {
    super();
    checkStartUp(options);
    checkOneOf('fillUp', options.fillUp ?? true, [true, false]);
    this.#source = new SameDevice(source);
    this.#boot = kind.boot;
    this.#options = options;
    if (options.fillUp ?? true) this.#openPrompt = { missing: LARGEST_PAYLOAD, escape: true };
  }

  /** Whether the port is gone; `reopen` brings it back unless `close` was called. */
  get closed(): boolean {
    return this.#openPort === undefined;
  }

  /** What was counted since `openModem`, over reopened ports. */
  stats(): ModemStats {
    return modemStats(this.#stats, this.#reboots, this.#opened);
  }

  async execute<A, V>(command: Command<A, V>, args: A, options?: ExecuteOptions): Promise<V> {
    return this.#open().channel.execute(command, args, options);
  }

  async send(line: string, options: RawOptions = {}): Promise<RawResponse> {
    checkOptions(options, RAW_NAMES, { example: '{ timeout: 2000 }' });
    return this.#open().channel.send(line, options);
  }

  async exclusive<T>(run: (port: CommandPort) => Promise<T>, options?: ExclusiveOptions): Promise<T> {
    return this.#open().channel.exclusive(run, options);
  }

  onUrc<T>(urc: Urc<T>, listener: (value: T) => void): () => void {
    return this.#urcs.add((port) => port.onUrc(urc, listener));
  }

  /**
   * Calls the listener for every line that came unasked, as the event `urc`, but its text is made, with its secrets
   * masked, only when it is asked for. The returned function ends that.
   */
  onUnsolicited(listener: (text: () => string) => void): () => void {
    this.#unsolicited.add(listener);
    return () => {
      this.#unsolicited.delete(listener);
    };
  }

  /**
   * Opens the port, after closing it if it is open, and runs the start-up. Rejects with why the port cannot be opened,
   * `NOT_RESPONDING`, `REBOOTED`, `ABORTED` or `CLOSED`; the port is closed then. A second call joins the first.
   */
  reopen(options: { readonly signal?: AbortSignal } = {}): Promise<void> {
    this.#opening ??= this.#reopen(options.signal).finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }

  /** Resolves when a serial device that is away is plugged in; never for other ports, nor when the signal fires. */
  portReturns(signal: AbortSignal): Promise<void> {
    return this.#source.returns(signal);
  }

  /** Closes the port for good; everything pending rejects with `CLOSED`. Resolves when the port is released. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  /**
   * Runs the start-up, or joins the one that is running after a restart; the signal ends the waiting only. For a module
   * that may have lost its settings without a boot marker, or took the place of another at a line that stayed open.
   * Rejects as `reopen`; the port stays open.
   */
  async startUp(signal?: AbortSignal): Promise<void> {
    await untilAborted(this.#open().start(), signal);
  }

  /** Whether the next power-down is wanted: the module is not called back then. */
  protected expectPowerDown(expected: boolean): void {
    if (this.#openPort !== undefined) this.#openPort.powerDownExpected = expected;
  }

  #open(): OpenPort {
    if (this.#ended.signal.aborted) throw closedError();
    if (this.#openPort !== undefined) return this.#openPort;
    throw new ModemError('PORT_CLOSED', 'the port is closed');
  }

  async #reopen(caller: AbortSignal | undefined): Promise<void> {
    const signal = AbortSignal.any(
      caller === undefined ? [this.#ended.signal] : [this.#ended.signal, caller],
    );
    await this.#release();
    try {
      if (this.#ended.signal.aborted) throw closedError();
      await this.#connect(await this.#openStream(signal)).start(signal);
    } catch (error) {
      await this.#release();
      throw this.#ended.signal.aborted ? closedError() : error;
    }
  }

  async #openStream(signal: AbortSignal): Promise<Duplex> {
    const { openTimeout, trace, traceSecrets = false } = this.#options;
    const limits = openTimeout === undefined ? { signal } : { signal, timeout: openTimeout };
    const stream = await this.#source.open(limits);
    return trace === undefined ? stream : traced(stream, trace, { secrets: traceSecrets });
  }

  #connect(stream: Duplex): OpenPort {
    const {
      openTimeout: _limit,
      trace: _trace,
      traceSecrets: _secrets,
      fillUp: _fillUp,
      ...options
    } = this.#options;
    const port: OpenPort = new OpenPort(
      stream,
      { ...options, boot: this.#boot, stats: this.#stats, open: this.#openPrompt },
      {
        urc: (text) => this.#onUnsolicited(text),
        reboot: (marker) => {
          this.#reboots += 1;
          this.emit('reboot', marker);
        },
        ready: () => this.emit('ready'),
        unresponsive: (error) => this.emit('unresponsive', error),
        close: (error) => {
          this.#openPrompt = port.channel.openPrompt;
          this.#onLost(port, error);
        },
      },
    );
    this.#openPort = port;
    this.#opened += 1;
    this.#urcs.attach(port.channel);
    return port;
  }

  #onUnsolicited(text: () => string): void {
    if (this.listenerCount('urc') > 0) this.emit('urc', text());
    for (const listener of [...this.#unsolicited]) listener(text);
  }

  /** A port that is lost while it opens is told by the rejection. */
  #onLost(port: OpenPort, error: ModemError | undefined): void {
    if (port !== this.#openPort) return;
    this.#openPort = undefined;
    if (this.#opening === undefined) this.emit('close', error);
  }

  async #close(): Promise<void> {
    this.#ended.abort();
    await this.#release();
    await this.#opening?.catch(() => {});
    this.emit('close', undefined);
  }

  /** Lets go of the port, if it is open, without an event. */
  async #release(): Promise<void> {
    const last = this.#openPort;
    this.#openPort = undefined;
    await last?.close();
  }
}

function closedError(): ModemError {
  return new ModemError('CLOSED', 'the modem was closed');
}

/** Listens to one declared URC on the port; the returned function ends that. */
type Subscribe = (port: CommandPort) => () => void;

/** Subscriptions that outlive the port they are made on. */
export class UrcSubscriptions {
  readonly #active = new Map<symbol, { readonly subscribe: Subscribe; end: () => void }>();
  #port: CommandPort | undefined;

  /** Subscribes on the port of now and on those that follow, until the returned function is called. */
  add(subscribe: Subscribe): () => void {
    const key = Symbol();
    this.#active.set(key, { subscribe, end: this.#port === undefined ? () => {} : subscribe(this.#port) });
    return () => {
      this.#active.get(key)?.end();
      this.#active.delete(key);
    };
  }

  /** Moves all subscriptions to another port. */
  attach(port: CommandPort): void {
    this.#port = port;
    for (const entry of this.#active.values()) {
      entry.end();
      entry.end = entry.subscribe(port);
    }
  }
}
