import { EventEmitter, once } from 'node:events';
import type { Duplex } from 'node:stream';
import { memoryLink } from '../../../src/transport/memory.js';

/** What the module sends for a command line: wire text (latin1), or undefined for silence. */
export type Answer = string | undefined | ((line: RegExpExecArray) => string | undefined);

export const OK = '\r\nOK\r\n';
export const ERROR = '\r\nERROR\r\n';

/** `OK` and the lines behind it, in one read. */
export function ok(...lines: string[]): string {
  return OK + lines.map((line) => `\r\n${line}\r\n`).join('');
}

/** Information text and `OK`. */
export function info(...lines: string[]): string {
  return lines.map((line) => `\r\n${line}\r\n`).join('') + OK;
}

const DATA_MODE = /^AT\+LMQTTPUB=[^"]*"[^"]*",(\d+)$/;

/** Everything goes well; nothing is open at first. */
const DEFAULTS: readonly (readonly [RegExp, Answer])[] = [
  [/^AT(E0|\+CMEE=1|\+CEREG=2)?$/, OK],
  [/^AT\+CSQ$/, info('+CSQ: 27,99')],
  [/^AT\+CGSN=1$/, info('+CGSN: "861326070275653"')],
  [/^AT\+CPIN\?$/, info('+CPIN: READY')],
  [/^AT\+CEREG\?$/, info('+CEREG: 2,1')],
  [/^AT\+LMQTT(DISC|CLOSE)=0$/, ERROR],
  [/^AT\+LMQTTCFG=/, OK],
  [/^AT\+LMQTTOPEN=/, ok('+LMQTTOPEN: 0,0')],
  [/^AT\+LMQTTCONN=/, ok('+LMQTTCONN: 0,0,0')],
  [/^AT\+LMQTTCONN\?$/, info('+LMQTTCONN: 0,3')],
  [/^AT\+LMQTTPUB=0,(\d+)/, ([, id]) => ok(`+LMQTTPUB: 0,${id},0`)],
  [/^AT\+LMQTTSUBUNSUB=0,[01],(\d+)/, ([, id]) => ok(`+LMQTTSUBUNSUB: 0,${id},0,1`)],
];

/** A module that answers command lines from a table of literal text. */
export class AnsweringModule extends EventEmitter<{ line: [line: string]; opened: [] }> {
  /** Command lines received. */
  readonly lines: string[] = [];
  /** Bytes received behind prompts. */
  readonly payloads: Buffer[] = [];
  /** Every byte received, latin1. */
  wire = '';
  /** Says nothing at all. */
  silent = false;
  readonly #rules: [RegExp, Answer[]][] = DEFAULTS.map(([pattern, answer]) => [pattern, [answer]]);
  #stream: Duplex | undefined;
  #pending = '';
  #data: { readonly line: string; readonly length: number } | undefined;

  /** A new link to the module; the one before is gone. */
  readonly open = (): Duplex => {
    const [host, module] = memoryLink();
    module.on('data', (chunk: Buffer) => this.#onData(chunk.toString('latin1')));
    module.on('error', () => {});
    this.#stream = module;
    this.#pending = '';
    this.#data = undefined;
    this.emit('opened');
    return host;
  };

  /** Answers the lines that match; several answers are for one line each, the last one for all others. */
  answer(pattern: RegExp, ...answers: Answer[]): this {
    this.#rules.unshift([pattern, answers]);
    return this;
  }

  send(text: string): void {
    if (!this.silent) this.#stream?.write(Buffer.from(text, 'latin1'));
  }

  unplug(): void {
    this.#stream?.destroy();
  }

  /** Received since the last time. */
  take(): string[] {
    return this.lines.splice(0);
  }

  /** Resolves with the next line that matches, or with one that has come and was not taken. */
  async receives(pattern: RegExp): Promise<string> {
    for (;;) {
      const found = this.lines.find((line) => pattern.test(line));
      if (found !== undefined) return found;
      await once(this, 'line');
    }
  }

  #onData(text: string): void {
    this.wire += text;
    this.#pending += text;
    for (;;) {
      const data = this.#data;
      if (data !== undefined) {
        if (this.#pending.length < data.length) return;
        this.payloads.push(Buffer.from(this.#pending.slice(0, data.length), 'latin1'));
        this.#pending = this.#pending.slice(data.length);
        this.#data = undefined;
        this.#reply(data.line);
      }
      const end = this.#pending.indexOf('\r\n');
      if (end < 0) return;
      // What ends in CR alone is filler, without AT: V.250 5.2.1.
      const line = this.#pending.slice(this.#pending.lastIndexOf('\r', end - 1) + 1, end);
      this.#pending = this.#pending.slice(end + 2);
      this.#onLine(line);
    }
  }

  #onLine(line: string): void {
    const length = DATA_MODE.exec(line)?.[1];
    if (length === undefined) {
      this.#reply(line);
    } else {
      this.#data = { line, length: Number(length) };
      this.send('\r\n> ');
    }
  }

  #reply(line: string): void {
    for (const [pattern, answers] of this.#rules) {
      const match = pattern.exec(line);
      if (match === null) continue;
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      const text = typeof answer === 'function' ? answer(match) : answer;
      if (text !== undefined) this.send(text);
      break;
    }
    this.lines.push(line);
    this.emit('line', line);
  }
}
