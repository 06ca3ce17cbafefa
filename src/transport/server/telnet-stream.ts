import type { Socket } from 'node:net';
import { ModemError } from '../../errors/modem-error.js';
import { LastWords } from '../last-words.js';
import { Relay } from '../relay.js';
import type { LineControl, WriteCallback } from '../transport.js';
import { ComPort } from './com-port.js';
import { tcpError } from './tcp-errors.js';
import { withLastWords } from './tcp-stream.js';
import { escapeIac, OPTION, subnegotiation, TelnetDecoder, type TelnetItem } from './telnet-codec.js';
import { TelnetOptions } from './telnet-options.js';

/** Agreed to on either side: all eight bits, at once. The echo stays that of the module. */
const USUAL = [OPTION.BINARY, OPTION.SUPPRESS_GO_AHEAD];

/** Data that wait until the server lets us send. */
interface Held {
  readonly bytes: Buffer;
  readonly callback: WriteCallback;
}

/** A telnet connection to a serial server; with `rfc2217` also its control of the serial port. */
export class TelnetStream extends Relay {
  readonly #name: string;
  readonly #socket: Socket;
  readonly #decoder = new TelnetDecoder();
  readonly #options: TelnetOptions;
  readonly #words = new LastWords();
  readonly comPort: ComPort | undefined;
  #speaksTelnet = false;
  #suspended = false;
  #held: Held | undefined;

  constructor(name: string, socket: Socket, rfc2217: boolean) {
    super(name, socket, tcpError);
    this.#name = name;
    this.#socket = socket;
    this.#options = new TelnetOptions(rfc2217 ? [...USUAL, OPTION.COM_PORT] : USUAL);
    if (!rfc2217) return;
    this.comPort = new ComPort(
      name,
      (message) => this.#command(subnegotiation(OPTION.COM_PORT, message)),
      (suspended) => this.#setSuspended(suspended),
    );
    this.#askForOptions();
    this.#command(this.#options.request('us', OPTION.COM_PORT));
  }

  override get lineControl(): LineControl | undefined {
    return this.comPort;
  }

  /** Whether the server has sent a telnet command. */
  get speaksTelnet(): boolean {
    return this.#speaksTelnet;
  }

  /** Whether the server lets us control its port; undefined while it has not said so. Changes with the event `option`. */
  get controlsPort(): boolean | undefined {
    if (this.#options.isOn('us', OPTION.COM_PORT)) return true;
    return this.#options.isRefused('us', OPTION.COM_PORT) ? false : undefined;
  }

  protected override receive(chunk: Buffer): void {
    for (const item of this.#decoder.push(chunk)) {
      if (this.destroyed) return;
      this.#take(item);
    }
    // A server that has not shown that it speaks telnet would send our options on to the module.
    if (this.#speaksTelnet) this.#askForOptions();
  }

  protected override lose(error: ModemError): void {
    super.lose(this.destroyed ? error : withLastWords(error, this.#name, this.#words));
  }

  override _write(chunk: Buffer, encoding: BufferEncoding, callback: WriteCallback): void {
    const bytes = escapeIac(chunk);
    if (this.#suspended) this.#held = { bytes, callback };
    else super._write(bytes, encoding, callback);
  }

  override _destroy(error: Error | null, callback: WriteCallback): void {
    const held = this.#held;
    this.#held = undefined;
    held?.callback(error ?? new ModemError('CLOSED', `${this.#name}: closed by this side`));
    this.comPort?.close();
    super._destroy(error, callback);
  }

  #take(item: TelnetItem): void {
    if (item.kind === 'data') {
      this.#words.add(item.bytes);
      return super.receive(item.bytes);
    }
    this.#speaksTelnet = true;
    if (item.kind === 'option') {
      this.#command(this.#options.receive(item.verb, item.option));
      this.emit('option');
    } else if (item.kind === 'sub' && item.option === OPTION.COM_PORT) this.comPort?.receive(item.bytes);
  }

  #askForOptions(): void {
    for (const option of USUAL) {
      this.#command(this.#options.request('us', option));
      this.#command(this.#options.request('peer', option));
    }
  }

  /** Between the data, in the order in which both are written. */
  #command(bytes: Buffer): void {
    if (bytes.length > 0 && !this.#socket.destroyed) this.#socket.write(bytes);
  }

  #setSuspended(suspended: boolean): void {
    this.#suspended = suspended;
    const held = this.#held;
    if (suspended || held === undefined) return;
    this.#held = undefined;
    super._write(held.bytes, 'binary', held.callback);
  }
}
