import { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';
import type { CommandPort } from '../../at/command.js';
import { filler, LEAVE_PROMPT } from '../../at/filler.js';
import { parseFinalResult } from '../../at/result-codes.js';
import { ModuleRebootedError } from '../../errors/kinds.js';
import { abortedError, ModemError } from '../../errors/modem-error.js';
import type { LineControl } from '../../transport/transport.js';
import { delay } from '../../util/delay.js';
import { ESCAPE_SEQUENCE } from '../decode/conversation.js';
import { BOOT } from '../decode/dialect-words.js';
import { announcedBytes, responseLimit } from '../decode/known-commands.js';
import { type Answer, type AskOptions, askThroughDriver, PendingLine } from './answer.js';
import { DataGathering, type DataMode } from './data-mode.js';
import { Link, type LinkOptions } from './link.js';
import { type Item, Traffic } from './traffic.js';

/** V.250 3.1.3: CR ends a command line; LF behind it does no harm [A], and is what terminals and field code send. */
const LINE_END = '\r\n';

/** ms without a byte before and behind the escape sequence: register S12 of Hayes modems [A]. */
const ESCAPE_GUARD = 1_000;

/** ms for the answer to the escape sequence, its guard time among them. */
const ESCAPE_LIMIT = 3_000;

/** ms that the module may take to answer Esc; the answer of data mode takes some 500 (lmqtt.md 1 [T]). */
const CANCEL_LIMIT = 2_000;

const ESC = Buffer.from([0x1b]);

/** `raw`: lines go to the wire as they are. The others: the driver has the port, and a session with a broker or not. */
export type Connection = 'no port' | 'raw' | 'connecting' | 'connected' | 'offline';

interface SessionEvents {
  item: [item: Item];
  /** The same for what is asked quietly. */
  hidden: [item: Item];
  /** The console speaks. */
  note: [text: string, kind: 'plain' | 'good' | 'bad'];
  /** Connection, data mode, or what is pending has changed. */
  state: [];
}

/**
 * One module on one port, as the console uses it: lines go to the wire one at a time, each until its final result code.
 * Raw at first, so that a module that does not answer, or at another baud rate, can be talked to; with `drive` lines go
 * through the driver, so that they do not get between its own.
 */
export class Session extends EventEmitter<SessionEvents> {
  #port: string;
  readonly #link: Link;
  readonly #traffic: Traffic;
  readonly #data = new DataGathering(() => this.emit('state'));
  #driver: CommandPort | undefined;
  #driven: Connection = 'raw';
  #pending: PendingLine | undefined;
  #giveUp = new AbortController();
  #turn: Promise<unknown> = Promise.resolve();
  #queued = 0;
  #quiet = 0;

  constructor(port: string, options: LinkOptions) {
    super();
    // Scripts within scripts listen, each for itself.
    this.setMaxListeners(0);
    this.#port = port;
    this.#traffic = new Traffic({
      item: (item) => this.#onItem(item),
      prompt: (wanted) => this.#onPrompt(wanted),
    });
    this.#link = new Link(port, options, {
      sent: (bytes) => this.#traffic.sent(bytes),
      received: (bytes) => this.#traffic.received(bytes),
      lost: (error) => this.#onLost(error),
      back: () => this.#onBack(),
    });
  }

  /** As it was opened last. */
  get port(): string {
    return this.#port;
  }

  get connection(): Connection {
    return this.#link.isOpen ? this.#driven : 'no port';
  }

  /** Whether a line is on its way, or waits for its turn. */
  get busy(): boolean {
    return this.#queued > 0;
  }

  get data(): DataMode | undefined {
    return this.#data.mode;
  }

  open(signal: AbortSignal): Promise<void> {
    return this.#link.open(signal);
  }

  whenOpen(signal: AbortSignal): Promise<void> {
    return this.#link.whenOpen(signal);
  }

  /** Opens another port, or the same with other settings, in place of this one. Rejects as `openTransport`. */
  async replacePort(port: string): Promise<void> {
    this.giveUp();
    this.#traffic.reset();
    this.#port = port;
    await this.#link.replace(port);
    this.emit('state');
  }

  tap(): Promise<Duplex> {
    return this.#link.tap();
  }

  /** From now on lines go through the driver, or to the wire again. */
  drive(driver: CommandPort | undefined, connection: Connection): void {
    this.#driver = driver;
    this.#driven = connection;
    this.emit('state');
  }

  /** Runs `use` while nothing is shown but what comes unasked. */
  async quietly<T>(use: () => Promise<T>): Promise<T> {
    this.#quiet += 1;
    try {
      return await use();
    } finally {
      this.#quiet -= 1;
    }
  }

  /** Waits for the turn of `use`: nothing else is asked meanwhile. */
  exclusively<T>(use: (signal: AbortSignal) => Promise<T>): Promise<T> {
    this.#queued += 1;
    this.emit('state');
    const { signal } = this.#giveUp;
    const turn = this.#turn.then(() => use(signal));
    this.#turn = turn.then(
      () => this.#endTurn(),
      () => this.#endTurn(),
    );
    return turn;
  }

  /** Sends one command line when its turn comes. Never rejects. */
  ask(line: string, options: AskOptions = {}): Promise<Answer> {
    return this.exclusively(async (signal) => {
      if (signal.aborted) return { kind: 'given-up' };
      if (this.#driver === undefined) return this.#askRaw(line, options, signal);
      if (line === ESCAPE_SEQUENCE) return { kind: 'failed', error: driverError(ESCAPE_SEQUENCE) };
      const wanted = options.payload === undefined ? announcedBytes(line) : undefined;
      const payload = wanted === undefined ? options.payload : await this.#data.gather(wanted, signal);
      if (wanted !== undefined && payload === undefined) return { kind: 'given-up' };
      return askThroughDriver(this.#driver, line, { ...options, signal, payload });
    });
  }

  /** Bytes of data mode. They go out at once, or with the line when all of them are there. */
  async giveData(bytes: Buffer): Promise<void> {
    if (this.#data.add(bytes)) return;
    this.#pending?.extend();
    await this.#link.write(bytes);
    if (this.#data.complete || this.#traffic.wanted === 0) this.#data.leave();
  }

  /** Ends data mode that has no count: Ctrl-Z, or Esc. */
  async endData(end: Buffer): Promise<void> {
    this.#pending?.extend();
    await this.#link.write(end);
    this.#data.leave();
    this.#traffic.leaveFreeForm();
  }

  /**
   * Asks the module to forget the payload that it waits for: Esc, as TS 27.005 3.3.1 has it for messages. Behind a prompt
   * with a count it may be taken for bytes of the payload [A, lmqtt.md 5]. True: the module has answered.
   */
  async cancelData(): Promise<boolean> {
    const pending = this.#pending;
    const { data } = this;
    if (pending === undefined || data === undefined) return true;
    this.#data.prepare(undefined);
    await (data.wanted === undefined
      ? this.endData(ESC)
      : this.giveData(LEAVE_PROMPT.subarray(0, data.wanted - data.given)));
    const over = new AbortController();
    const answered = pending.answered.then(() => true);
    const late = delay(CANCEL_LIMIT, over.signal).then(() => false);
    const ended = await Promise.race([answered, late]).finally(() => over.abort());
    if (!ended && this.data !== undefined) pending.hold();
    return ended;
  }

  /** Fills a counted payload up, which ends it, with bytes that are in no text; resolves with how many were missing. */
  async fillData(): Promise<number> {
    const { wanted = 0, given = 0 } = this.data ?? {};
    const missing = Math.max(0, wanted - given);
    if (missing > 0) await this.giveData(filler(missing));
    return missing;
  }

  /** Bytes that go out as they are, when their turn comes. Rejects as the port does, or with `ABORTED`. */
  sendBytes(bytes: Buffer): Promise<void> {
    return this.exclusively(async (signal) => {
      if (signal.aborted) throw abortedError(signal);
      this.#refuseDriver('bytes');
      await this.#link.write(bytes);
    });
  }

  /** The control lines of the port; throws `UNSUPPORTED` where there are none, or `PORT_CLOSED`. */
  get lineControl(): LineControl {
    return this.#link.lineControl;
  }

  /** Gives up what is under way and what waits; false if there is nothing. */
  giveUp(): boolean {
    if (this.#queued === 0) return false;
    this.#giveUp.abort();
    this.#giveUp = new AbortController();
    this.#data.leave();
    this.#traffic.leaveFreeForm();
    return true;
  }

  async close(): Promise<void> {
    this.giveUp();
    this.#traffic.reset();
    await this.#link.close();
  }

  async #askRaw(line: string, options: AskOptions, signal: AbortSignal): Promise<Answer> {
    const escaping = line === ESCAPE_SEQUENCE;
    const { payload } = options;
    const limit = options.limit ?? (escaping ? ESCAPE_LIMIT : responseLimit(line));
    const atLimit = escaping ? 'end' : (options.atLimit ?? 'wait');
    if (escaping) await delay(ESCAPE_GUARD, signal);
    if (signal.aborted) return { kind: 'given-up' };
    const pending = new PendingLine(line, limit, (over) => {
      if (atLimit === 'end') return pending.settle({ kind: 'silent', limit: over });
      this.emit('note', `no answer within ${over / 1000} s; still waiting, Ctrl-C gives it up`, 'bad');
    });
    this.#pending = pending;
    this.#data.prepare(payload);
    const onAbort = () => pending.settle({ kind: 'given-up' });
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      this.#link
        .write(Buffer.from(escaping ? line : line + LINE_END))
        .catch((error: ModemError) => pending.settle({ kind: 'failed', error }));
      return await pending.answered;
    } finally {
      signal.removeEventListener('abort', onAbort);
      this.#pending = undefined;
      this.#data.leave();
    }
  }

  #refuseDriver(what: string): void {
    if (this.#driver !== undefined || this.#driven === 'connecting') throw driverError(what);
  }

  #endTurn(): void {
    this.#queued -= 1;
    this.emit('state');
  }

  #onItem(item: Item): void {
    this.emit(this.#quiet === 0 || item.role === 'urc' ? 'item' : 'hidden', item);
    const pending = this.#pending;
    if (pending === undefined) return;
    const final = item.role === 'ok' || item.role === 'failure' ? parseFinalResult(item.text) : undefined;
    if (final !== undefined) pending.settle({ kind: 'final', result: final });
    else if (item.role === 'urc' && BOOT.marker(item.text) === 'certain') {
      pending.settle({ kind: 'failed', error: new ModuleRebootedError(item.text) });
    }
  }

  #onPrompt(wanted: number | undefined): void {
    const pending = this.#pending;
    if (pending === undefined) return;
    const prepared = this.#data.begin(wanted);
    if (prepared === undefined) return pending.hold();
    this.giveData(prepared).catch((error: ModemError) => pending.settle({ kind: 'failed', error }));
  }

  #onLost(error: ModemError): void {
    this.#traffic.reset();
    this.#pending?.settle({ kind: 'failed', error });
    this.emit('note', `the port is gone: ${error.message}; waiting for it`, 'bad');
    this.emit('state');
  }

  #onBack(): void {
    this.emit('note', 'the port is back', 'good');
    this.emit('state');
  }
}

function driverError(what: string): ModemError {
  return new ModemError(
    'INVALID_ARGUMENT',
    `${what} cannot be sent while there is a session with a broker: .disconnect ends it`,
  );
}
