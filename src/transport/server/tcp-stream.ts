import type { Socket } from 'node:net';
import { SerialServerError } from '../../errors/kinds.js';
import type { ModemError } from '../../errors/modem-error.js';
import { escapeBytes } from '../../util/escape.js';
import { LastWords } from '../last-words.js';
import { Relay } from '../relay.js';
import type { WriteCallback } from '../transport.js';
import { tcpError } from './tcp-errors.js';
import { OPTION, TELNET } from './telnet-codec.js';

/** ms that the rest of what may be a telnet command is waited for. */
const COMMAND_TIME = 200;

/** Options that exist: IANA has numbers up to 49 for those of telnet. */
const LAST_OPTION = 49;

/** Bytes of a telnet greeting that are shown. */
const SHOWN = 12;

/** A loss of a connection, with what the server said last if it said something. */
export function withLastWords(error: ModemError, name: string, words: LastWords): ModemError {
  const said =
    error.code === 'PORT_CLOSED' && !(error instanceof SerialServerError) ? words.quote() : undefined;
  if (said === undefined) return error;
  const message = `${name}: closed by the other side, which said "${said}"`;
  return new SerialServerError('PORT_CLOSED', message, { said }, { cause: error });
}

/** A raw TCP connection to a serial server. What a telnet server begins with is recognised before anything passes. */
export class TcpStream extends Relay {
  readonly #name: string;
  readonly #address: string;
  readonly #words = new LastWords();
  /** What came first, while it may be a telnet command; undefined when that is decided. */
  #first: Buffer | undefined = Buffer.alloc(0);
  #timer: NodeJS.Timeout | undefined;

  /** `address`: `host:port`. */
  constructor(name: string, socket: Socket, address: string) {
    super(name, socket, tcpError);
    this.#name = name;
    this.#address = address;
  }

  protected override receive(chunk: Buffer): void {
    if (this.#first === undefined) return this.#pass(chunk);
    const first = Buffer.concat([this.#first, chunk]);
    this.#first = first;
    if (isGreeting(first)) return this.lose(telnetError(this.#name, this.#address, first));
    if (!mayBeGreeting(first)) return this.#decide();
    this.#timer ??= setTimeout(() => this.#decide(), COMMAND_TIME);
  }

  protected override lose(error: ModemError): void {
    if (this.destroyed) return;
    if (!(error instanceof SerialServerError)) this.#decide();
    super.lose(withLastWords(error, this.#name, this.#words));
  }

  override _destroy(error: Error | null, callback: WriteCallback): void {
    clearTimeout(this.#timer);
    super._destroy(error, callback);
  }

  /** It is no telnet. */
  #decide(): void {
    clearTimeout(this.#timer);
    const first = this.#first;
    this.#first = undefined;
    if (first !== undefined && first.length > 0) this.#pass(first);
  }

  #pass(chunk: Buffer): void {
    this.#words.add(chunk);
    super.receive(chunk);
  }
}

/** Whether a server begins to negotiate: IAC WILL or IAC DO, and an option. A module at a wrong rate hardly sends that. */
function isGreeting(bytes: Buffer): boolean {
  return bytes.length >= 3 && mayBeGreeting(bytes);
}

function mayBeGreeting([iac, verb, option]: Buffer): boolean {
  return (
    iac === TELNET.IAC &&
    (verb === undefined || verb === TELNET.WILL || verb === TELNET.DO) &&
    (option === undefined || option <= LAST_OPTION)
  );
}

function telnetError(name: string, address: string, greeting: Buffer): SerialServerError {
  const said = escapeBytes(greeting.subarray(0, SHOWN)) + (greeting.length > SHOWN ? '…' : '');
  const rfc2217 = [TELNET.DO, TELNET.WILL].some((verb) =>
    greeting.includes(Buffer.from([TELNET.IAC, verb, OPTION.COM_PORT])),
  );
  const instead = [...(rfc2217 ? [`rfc2217://${address}`] : []), `telnet://${address}`];
  return new SerialServerError(
    'PORT_FAILED',
    `${name}: the server speaks telnet (it began with ${said}), which damages bytes of value 255 here: use ${instead.join(' or ')}`,
    { said, instead },
  );
}
