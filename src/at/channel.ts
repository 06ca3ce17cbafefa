import { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';
import { ModuleRebootedError, SerialServerError } from '../errors/kinds.js';
import { abortedError, ModemError } from '../errors/modem-error.js';
import { maskSecrets } from '../errors/secrets.js';
import { onAbort } from '../util/abort.js';
import { type Deferred, deferred } from '../util/deferred.js';
import { type ChannelStats, channelSettings, checkTries, emptyStats } from './channel-options.js';
import type {
  Command,
  CommandPort,
  ExclusiveOptions,
  ExecuteOptions,
  RawOptions,
  RawResponse,
} from './command.js';
import type { DropReason } from './digester.js';
import { type Claims, commandRequest, Job, type JobRequest, rawRequest, turnRequest } from './job.js';
import type { CountedHeader, Line } from './line.js';
import { Link } from './link.js';
import { Sequence } from './queue.js';
import { ResultStages } from './result-stages.js';
import type { OpenPrompt } from './resync-options.js';
import { Runner } from './runner.js';
import { callListener, type Urc, UrcRegistry } from './urc.js';

/** How sure it is that a line says that the module restarted or powers down: `likely` gives way to a pending command. */
export type BootMarker = 'certain' | 'likely';

export interface ChannelOptions {
  /** Recognises the lines that a module sends when it restarts or powers down; by default none. */
  readonly bootMarker?: (text: string) => BootMarker | undefined;
  /** ms between a final result code and the next command line, default 0 (lessons.md 11). */
  readonly gap?: number;
  /** After so many ms without traffic `AT` is sent before the next command (lessons.md 13); default 30 s, 0 never. */
  readonly wakeAfter?: number;
  /** Longest line in bytes, default 16 KiB. */
  readonly maxLine?: number;
  /** Limit in ms for the stage `write`, default 10 s. */
  readonly writeLimit?: number;
  /**
   * How the channel finds back into step after a time limit ran out; default 8 tries, 500 ms to 2 s apart, and longer for
   * a slow module.
   */
  readonly resync?: { readonly tries: number; readonly interval: number };
  /** The prompt at which the module may be from the beginning; default none. See `openPrompt`. */
  readonly open?: OpenPrompt | undefined;
  /** Counts into these, so that they go on when a port is opened again; by default into new ones. */
  readonly stats?: ChannelStats;
}

export interface ChannelEvents {
  /**
   * A line that came unasked, declared or not. `text` gives it with its counted payload, as wire text (latin1), its
   * secrets masked when it is asked for first.
   */
  urc: [text: () => string];
  /** A boot or power-down marker came; what was pending or queued has been rejected. */
  reboot: [marker: string];
  /** The module does not answer any more; what was pending or queued has been rejected. */
  unresponsive: [];
  /** Bytes were thrown away. */
  dropped: [reason: DropReason, bytes: number];
  /** The stream is gone; what was pending or queued has been rejected. The last event; no error if we closed it. */
  close: [error: ModemError | undefined];
}

export interface SynchroniseOptions {
  /** Times that `AT` is sent, default 30 [C, lmqtt.md 7]. */
  readonly tries?: number;
  /** ms from one to the next, default 500 [C]. */
  readonly interval?: number;
  readonly signal?: AbortSignal;
}

/**
 * Runs command lines over a byte stream, strictly one at a time, as `OK` and `ERROR` carry no identity; between `OK`
 * and a result URC it is free for others. Every promise it gave settles: at the final result code or the result URC,
 * at a time limit, when the signal fires, when the module restarts, and at the latest when the stream closes.
 */
export class Channel extends EventEmitter<ChannelEvents> implements CommandPort {
  readonly stats: ChannelStats;
  readonly #link: Link;
  readonly #runner: Runner;
  readonly #results: ResultStages;
  readonly #urcs = new UrcRegistry();
  readonly #claims: Claims;
  readonly #bootMarker: (text: string) => BootMarker | undefined;
  readonly #synchronising = new Set<Deferred<void>>();
  #closed: ModemError | undefined;

  constructor(stream: Duplex, options: ChannelOptions = {}) {
    super();
    const { bootMarker = () => undefined, stats = emptyStats() } = options;
    this.stats = stats;
    const settings = channelSettings(options);
    this.#bootMarker = bootMarker;
    this.#results = new ResultStages((job, limit) => {
      this.stats.timeouts.result += 1;
      job.reject(job.timeoutError(limit));
    });
    this.#claims = {
      awaited: (line) => this.#results.claims(line),
      unsolicited: (line) => this.#urcs.recognises(line) || bootMarker(line.text) === 'certain',
    };
    this.#link = new Link(
      stream,
      {
        line: (line) => this.#onLine(line),
        prompt: () => this.#runner.prompt(),
        dropped: (reason, bytes) => this.#onDropped(reason, bytes),
        closed: (error) => this.#onClosed(error),
      },
      { maxLine: settings.maxLine, countedHeaders: () => this.#countedHeaders() },
    );
    this.#runner = new Runner(this.#link, this.#results, this.stats, settings, {
      synchronised: (inStep) => this.#onSynchronised(inStep),
    });
  }

  /** Whether the stream is gone. */
  get closed(): boolean {
    return this.#closed !== undefined;
  }

  /** The prompt at which the module may be, when the stream is gone: what the next channel to it must know. */
  get openPrompt(): OpenPrompt | undefined {
    return this.#runner.open;
  }

  async execute<A, V>(command: Command<A, V>, args: A, options: ExecuteOptions = {}): Promise<V> {
    return (await this.#run(commandRequest(command, args, this.#claims), options)) as V;
  }

  async send(line: string, options: RawOptions = {}): Promise<RawResponse> {
    const lines = await this.#run(rawRequest(line, options.payload, this.#claims), options);
    return { lines: lines as string[], final: 'OK' };
  }

  async exclusive<T>(run: (port: CommandPort) => Promise<T>, options: ExclusiveOptions = {}): Promise<T> {
    const sequence = new Sequence<Job>();
    await this.#run(turnRequest(sequence), options);
    try {
      return await run(this.#within(sequence));
    } finally {
      this.#runner.release(sequence);
    }
  }

  onUrc<T>(urc: Urc<T>, listener: (value: T) => void): () => void {
    return this.#urcs.add(urc, listener);
  }

  /**
   * Sends `AT` until the module answers, then proves with a command of known prefix that its answers are in step.
   * Runs before any queued command; rejects with `NOT_RESPONDING`.
   */
  async synchronise(options: SynchroniseOptions = {}): Promise<void> {
    const { signal } = options;
    const { tries, interval } = checkTries('', { tries: 30, interval: 500, ...options });
    if (this.#closed !== undefined) throw this.#closedError(this.#closed);
    if (signal?.aborted) throw abortedError(signal);
    const waiting = deferred<void>();
    const forget = onAbort(signal, () => waiting.reject(abortedError(signal as AbortSignal)));
    this.#synchronising.add(waiting);
    this.#runner.resynchronise({ reason: 'attention', tries, interval });
    try {
      await waiting.promise;
    } finally {
      forget();
      this.#synchronising.delete(waiting);
    }
  }

  /** Closes the stream; everything pending rejects with `CLOSED`. */
  close(): void {
    if (this.#closed !== undefined) return;
    this.#fail(new ModemError('CLOSED', 'the channel was closed'));
    this.#link.destroy();
  }

  /** The port of an operation. */
  #within(sequence: Sequence<Job>): CommandPort {
    const port: CommandPort = {
      execute: async (command, args, options = {}) =>
        (await this.#run(commandRequest(command, args, this.#claims), options, sequence)) as never,
      send: async (line, options = {}) => {
        const lines = await this.#run(rawRequest(line, options.payload, this.#claims), options, sequence);
        return { lines: lines as string[], final: 'OK' };
      },
      exclusive: async (run) => run(port),
      onUrc: (urc, listener) => this.onUrc(urc, listener),
    };
    return port;
  }

  async #run(request: JobRequest, options: ExecuteOptions, sequence?: Sequence<Job>): Promise<unknown> {
    const { signal } = options;
    if (this.#closed !== undefined) throw this.#closedError(this.#closed, request.line);
    if (sequence?.over) {
      throw new ModemError('CLOSED', 'the operation that the command belongs to is over', {
        command: request.line,
      });
    }
    if (signal?.aborted) throw abortedError(signal, request.line);
    const job = new Job(request, options, (interrupted, error) => {
      if (error.code === 'TIMEOUT') this.stats.timeouts[interrupted.stage] += 1;
      if (!this.#runner.withdraw(interrupted)) this.#results.forget(interrupted);
      interrupted.reject(error);
    });
    this.#runner.enqueue(job, sequence);
    try {
      return await job.promise;
    } catch (error) {
      // Whoever awaits is found on the way back: to keep the stack of every command would cost more than the command.
      Error.captureStackTrace(error as Error);
      throw error;
    }
  }

  #countedHeaders(): readonly CountedHeader[] {
    const response = this.#runner.countedHeader;
    return response === undefined ? this.#urcs.countedHeaders : [...this.#urcs.countedHeaders, response];
  }

  #onLine(line: Line): void {
    if (this.#closed !== undefined) return;
    const marker = line.payload === undefined ? this.#bootMarker(line.text) : undefined;
    if (marker === 'certain') return this.#onReboot(line.text);
    if (this.#runner.line(line) || this.#results.dispatch(line)) return;
    if (marker === 'likely') return this.#onReboot(line.text);
    if (!this.#urcs.dispatch(line)) this.stats.unknownLines += 1;
    callListener(() => this.emit('urc', maskedText(line)));
  }

  #onReboot(line: string): void {
    const marker = maskSecrets(line);
    for (const job of [...this.#runner.restarted(), ...this.#results.drain()]) {
      job.reject(new ModuleRebootedError(marker, job.context()));
    }
    callListener(() => this.emit('urc', () => marker));
    callListener(() => this.emit('reboot', marker));
  }

  #onSynchronised(inStep: boolean): void {
    const silent = inStep ? undefined : silentError(this.#link.lastWords);
    for (const waiting of this.#synchronising) {
      if (inStep) waiting.resolve();
      else waiting.reject(silent);
    }
    if (!inStep) callListener(() => this.emit('unresponsive'));
  }

  #onDropped(reason: DropReason, bytes: number): void {
    if (reason === 'garbage' && this.#runner.filled) return;
    this.stats.dropped[reason] += bytes;
    callListener(() => this.emit('dropped', reason, bytes));
  }

  #onClosed(error: ModemError | undefined): void {
    if (error !== undefined) this.#fail(error);
    callListener(() => this.emit('close', error));
  }

  #closedError(closed: ModemError, command?: string): ModemError {
    const context = command === undefined ? {} : { command };
    return new ModemError(closed.code, closed.message, { ...context, cause: closed });
  }

  /** Rejects everything; what is asked from now on is rejected with the same code. */
  #fail(error: ModemError): void {
    this.#closed ??= error;
    for (const job of [...this.#runner.drain(), ...this.#results.drain()]) {
      job.reject(new ModemError(error.code, error.message, { ...job.context(), cause: error }));
    }
    for (const waiting of this.#synchronising) waiting.reject(error);
  }
}

/** What nobody knows can be the garbled echo of a command with a password in it; to mask it costs more than to read it. */
function maskedText({ text, payload }: Line): () => string {
  let masked: string | undefined;
  return () => {
    masked ??= maskSecrets(text + (payload?.toString('latin1') ?? ''));
    return masked;
  };
}

/** Words at the place of an answer come from something that is not the module: a server that asks for a password. */
function silentError(said: string | undefined): ModemError {
  const message = 'the module does not answer AT';
  if (said === undefined) return new ModemError('NOT_RESPONDING', message);
  return new SerialServerError('NOT_RESPONDING', `${message}: "${said}" comes instead`, { said });
}
