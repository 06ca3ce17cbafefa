/** Telnet commands: RFC 854. */
export const TELNET = { SE: 240, SB: 250, WILL: 251, WONT: 252, DO: 253, DONT: 254, IAC: 255 } as const;

export type Verb = typeof TELNET.WILL | typeof TELNET.WONT | typeof TELNET.DO | typeof TELNET.DONT;

/** Options: RFC 856, 857, 858, 2217. */
export const OPTION = { BINARY: 0, ECHO: 1, SUPPRESS_GO_AHEAD: 3, COM_PORT: 44 } as const;

/** A piece of what a telnet peer sends. */
export type TelnetItem =
  | { readonly kind: 'data'; readonly bytes: Buffer }
  | { readonly kind: 'option'; readonly verb: Verb; readonly option: number }
  /** A subnegotiation, without its option. */
  | { readonly kind: 'sub'; readonly option: number; readonly bytes: Buffer }
  /** A command without parameters, such as NOP or AYT. */
  | { readonly kind: 'command'; readonly code: number };

/** Bytes of a subnegotiation that are kept; those of RFC 2217 have up to five, apart from signatures. */
const MAX_SUB = 512;

type State = 'data' | 'iac' | 'verb' | 'sub' | 'sub-iac';

/** Takes the bytes of a telnet peer apart, cut anywhere, in the order of the wire. Pure; holds one subnegotiation. */
export class TelnetDecoder {
  #state: State = 'data';
  #verb: Verb = TELNET.WILL;
  #sub: number[] = [];

  push(chunk: Buffer): TelnetItem[] {
    const items: TelnetItem[] = [];
    let at = 0;
    while (at < chunk.length) {
      if (this.#state === 'data') {
        const mark = chunk.indexOf(TELNET.IAC, at);
        const end = mark < 0 ? chunk.length : mark;
        if (end > at) items.push({ kind: 'data', bytes: chunk.subarray(at, end) });
        if (mark >= 0) this.#state = 'iac';
        at = end + 1;
        continue;
      }
      const byte = chunk[at] ?? 0;
      // A doubled 255 stays in the chunk as one byte of data.
      if (this.#state === 'iac' && byte === TELNET.IAC) {
        items.push({ kind: 'data', bytes: chunk.subarray(at, at + 1) });
        this.#state = 'data';
      } else this.#take(byte, items);
      at += 1;
    }
    return items;
  }

  #take(byte: number, items: TelnetItem[]): void {
    switch (this.#state) {
      case 'iac':
        return this.#command(byte, items);
      case 'verb':
        this.#state = 'data';
        items.push({ kind: 'option', verb: this.#verb, option: byte });
        return;
      case 'sub':
        if (byte === TELNET.IAC) this.#state = 'sub-iac';
        else this.#keep(byte);
        return;
      default:
        if (byte === TELNET.IAC) {
          this.#state = 'sub';
          return this.#keep(byte);
        }
        this.#endSub(items);
        // RFC 855 has no other command inside: the end is missing.
        if (byte !== TELNET.SE) this.#command(byte, items);
    }
  }

  #command(byte: number, items: TelnetItem[]): void {
    if (byte === TELNET.SB) {
      this.#state = 'sub';
      this.#sub = [];
    } else if (byte >= TELNET.WILL && byte <= TELNET.DONT) {
      this.#state = 'verb';
      this.#verb = byte as Verb;
    } else {
      this.#state = 'data';
      items.push({ kind: 'command', code: byte });
    }
  }

  #keep(byte: number): void {
    if (this.#sub.length <= MAX_SUB) this.#sub.push(byte);
  }

  #endSub(items: TelnetItem[]): void {
    this.#state = 'data';
    const [option, ...bytes] = this.#sub;
    this.#sub = [];
    if (option !== undefined) items.push({ kind: 'sub', option, bytes: Buffer.from(bytes) });
  }
}

/** Data as it goes over the wire: 255 is doubled. The same buffer if there is none. */
export function escapeIac(bytes: Buffer): Buffer {
  let mark = bytes.indexOf(TELNET.IAC);
  if (mark < 0) return bytes;
  const parts: Buffer[] = [];
  let start = 0;
  while (mark >= 0) {
    parts.push(bytes.subarray(start, mark + 1));
    start = mark;
    mark = bytes.indexOf(TELNET.IAC, mark + 1);
  }
  parts.push(bytes.subarray(start));
  return Buffer.concat(parts);
}

export function optionCommand(verb: Verb, option: number): Buffer {
  return Buffer.from([TELNET.IAC, verb, option]);
}

export function subnegotiation(option: number, bytes: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from([TELNET.IAC, TELNET.SB, option]),
    escapeIac(bytes),
    Buffer.from([TELNET.IAC, TELNET.SE]),
  ]);
}
