import { ModemError } from '../../errors/modem-error.js';
import { delay } from '../../util/delay.js';
import { checkBreak } from '../serial-lines.js';
import type { LineControl, LineState, OutputLines } from '../transport.js';
import type { ComPortSettings } from './rfc2217-url.js';

/** Commands of RFC 2217 section 3; the server answers with the same number plus 100. */
const COMMAND = { BAUD_RATE: 1, DATA_BITS: 2, PARITY: 3, STOP_BITS: 4, CONTROL: 5 } as const;
const ANSWER = 100;
const ASK_RATE = 0;
const MODEM_STATE = 107;
const SUSPEND = 108;
const RESUME = 109;

/** Values of SET-CONTROL. */
const CONTROL = {
  NO_FLOW: 1,
  RTS_CTS: 3,
  BREAK_ON: 5,
  BREAK_OFF: 6,
  DTR_STATE: 7,
  DTR_ON: 8,
  DTR_OFF: 9,
  RTS_STATE: 10,
  RTS_ON: 11,
  RTS_OFF: 12,
} as const;

/** Answers to SET-CONTROL that belong together, each a first and a last value. */
const GROUPS: readonly (readonly [number, number])[] = [
  [0, 3],
  [4, 6],
  [7, 9],
  [10, 12],
  [13, 16],
  [17, 19],
];

const PARITIES = { none: 1, odd: 2, even: 3 } as const;
const STOP_BITS = { 1: 1, 2: 2, 1.5: 3 } as const;

/**
 * ms that an answer may take. Some never come: ser2net 4.3 does not answer DTR and RTS of a device that has none, nor a
 * number of bits that it does not know.
 */
const ANSWER_LIMIT = 3_000;

interface Waiting {
  readonly command: number;
  accepts(value: number): boolean;
  settle(value: number | undefined): void;
}

/** A setting on its way: its words for errors, the command and its value. */
interface Setting {
  readonly words: string;
  readonly command: number;
  readonly value: number;
}

/** The serial port at the other end of an RFC 2217 connection. Pure apart from its time limits. */
export class ComPort implements LineControl {
  readonly #name: string;
  readonly #send: (message: Buffer) => void;
  readonly #flow: (suspended: boolean) => void;
  readonly #limit: number;
  readonly #closed = new AbortController();
  #waiting: Waiting[] = [];
  #last: Promise<unknown> = Promise.resolve();
  #modemState: number | undefined;
  #baudRate: number | undefined;

  /** `send` takes a subnegotiation; `flow` hears when the server wants us to stop sending, and to go on. */
  constructor(
    name: string,
    send: (message: Buffer) => void,
    flow: (suspended: boolean) => void,
    limit = ANSWER_LIMIT,
  ) {
    this.#name = name;
    this.#send = send;
    this.#flow = flow;
    this.#limit = limit;
  }

  /** A subnegotiation of the server. */
  receive(message: Buffer): void {
    const [command, ...bytes] = message;
    if (command === SUSPEND || command === RESUME) return this.#flow(command === SUSPEND);
    const value = bytes.reduce((number, byte) => number * 256 + byte, 0);
    if (command === MODEM_STATE) this.#modemState = value;
    if (command === COMMAND.BAUD_RATE + ANSWER && value > 0) this.#baudRate = value;
    const answered = this.#waiting.find(
      (waiting) => waiting.command + ANSWER === command && waiting.accepts(value),
    );
    answered?.settle(value);
  }

  get baudRate(): number | undefined {
    return this.#baudRate;
  }

  /**
   * Makes the settings that are given, all at once, and asks for the rate. Rejects with `PORT_FAILED` if the server does
   * not confirm one.
   */
  async apply(settings: ComPortSettings): Promise<void> {
    await this.#inTurn('PORT_FAILED', settingsOf(settings));
    // A server that cannot open its device closes the connection instead of answering.
    if (settings.baudRate === undefined) {
      await this.#queue(() => this.#request(COMMAND.BAUD_RATE, ASK_RATE));
    }
  }

  async setLines(lines: OutputLines): Promise<void> {
    return this.#inTurn('UNSUPPORTED', lineSettings(lines));
  }

  async sendBreak(duration: number): Promise<void> {
    checkBreak(duration);
    return this.#queue(async () => {
      const begun = this.#request(COMMAND.CONTROL, CONTROL.BREAK_ON);
      await delay(duration, this.#closed.signal);
      const ended = this.#request(COMMAND.CONTROL, CONTROL.BREAK_OFF);
      const answers = await Promise.all([begun, ended]);
      if (answers.includes(undefined)) throw this.#unanswered('UNSUPPORTED', ['the break']);
    });
  }

  /** The inputs as the server has notified them; what it does not tell is left out. */
  readLines(): Promise<LineState> {
    return this.#queue(async () => {
      const [dtr, rts] = await Promise.all([
        this.#request(COMMAND.CONTROL, CONTROL.DTR_STATE),
        this.#request(COMMAND.CONTROL, CONTROL.RTS_STATE),
      ]);
      return {
        ...(dtr === CONTROL.DTR_ON || dtr === CONTROL.DTR_OFF ? { dtr: dtr === CONTROL.DTR_ON } : {}),
        ...(rts === CONTROL.RTS_ON || rts === CONTROL.RTS_OFF ? { rts: rts === CONTROL.RTS_ON } : {}),
        ...inputs(this.#modemState),
      };
    });
  }

  /** The connection is gone: nothing is waited for any more. */
  close(): void {
    this.#closed.abort();
    for (const waiting of this.#waiting) waiting.settle(undefined);
  }

  #inTurn(code: 'PORT_FAILED' | 'UNSUPPORTED', settings: readonly Setting[]): Promise<void> {
    return this.#queue(async () => {
      const answers = await Promise.all(settings.map(({ command, value }) => this.#request(command, value)));
      const missing = settings.filter((_, index) => answers[index] === undefined);
      if (missing.length > 0)
        throw this.#unanswered(
          code,
          missing.map(({ words }) => words),
        );
      const other = settings.find(({ value }, index) => answers[index] !== value);
      if (other !== undefined) {
        throw new ModemError(
          code,
          `${this.#name}: the serial server cannot do ${other.words}: it answers ${answers[settings.indexOf(other)]}`,
        );
      }
    });
  }

  #queue<T>(operation: () => Promise<T>): Promise<T> {
    const result = this.#last.then(async () => {
      if (this.#closed.signal.aborted) throw this.#closedError();
      return operation();
    });
    this.#last = result.catch(() => {});
    return result;
  }

  /** The value in the answer, undefined if none comes. */
  #request(command: number, value: number): Promise<number | undefined> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => waiting.settle(undefined), this.#limit);
      const waiting: Waiting = {
        command,
        accepts: (answer) => command !== COMMAND.CONTROL || groupOf(answer) === groupOf(value),
        settle: (answer) => {
          clearTimeout(timer);
          this.#waiting = this.#waiting.filter((other) => other !== waiting);
          resolve(answer);
        },
      };
      this.#waiting.push(waiting);
      if (this.#closed.signal.aborted) return waiting.settle(undefined);
      this.#send(encode(command, value));
    });
  }

  #unanswered(code: 'PORT_FAILED' | 'UNSUPPORTED', words: readonly string[]): ModemError {
    if (this.#closed.signal.aborted) return this.#closedError();
    const what = words.join(' and ');
    return new ModemError(
      code,
      `${this.#name}: the serial server does not confirm ${what}: it may not be able to do that, or its device has no such line`,
    );
  }

  #closedError(): ModemError {
    return new ModemError('CLOSED', `${this.#name}: the port is closed`);
  }
}

function settingsOf(settings: ComPortSettings): Setting[] {
  const { baudRate, dataBits, parity, stopBits, rtscts, dtr, rts } = settings;
  const all: (Setting | undefined)[] = [
    baudRate === undefined
      ? undefined
      : { words: `baudRate=${baudRate}`, command: COMMAND.BAUD_RATE, value: baudRate },
    dataBits === undefined
      ? undefined
      : { words: `dataBits=${dataBits}`, command: COMMAND.DATA_BITS, value: dataBits },
    parity === undefined
      ? undefined
      : { words: `parity=${parity}`, command: COMMAND.PARITY, value: PARITIES[parity] },
    stopBits === undefined
      ? undefined
      : { words: `stopBits=${stopBits}`, command: COMMAND.STOP_BITS, value: STOP_BITS[stopBits] },
    rtscts === undefined
      ? undefined
      : control(`rtscts=${rtscts}`, rtscts ? CONTROL.RTS_CTS : CONTROL.NO_FLOW),
  ];
  const lines = { ...(dtr === undefined ? {} : { dtr }), ...(rts === undefined ? {} : { rts }) };
  return [...all.filter((setting) => setting !== undefined), ...lineSettings(lines)];
}

function lineSettings({ dtr, rts }: OutputLines): Setting[] {
  return [
    ...(dtr === undefined ? [] : [control(`dtr=${dtr}`, dtr ? CONTROL.DTR_ON : CONTROL.DTR_OFF)]),
    ...(rts === undefined ? [] : [control(`rts=${rts}`, rts ? CONTROL.RTS_ON : CONTROL.RTS_OFF)]),
  ];
}

function control(words: string, value: number): Setting {
  return { words, command: COMMAND.CONTROL, value };
}

function groupOf(value: number): number {
  return GROUPS.findIndex(([first, last]) => value >= first && value <= last);
}

/** Bits of NOTIFY-MODEMSTATE, as a 16550 has them. */
function inputs(state: number | undefined): LineState {
  if (state === undefined) return {};
  const bit = (mask: number) => (state & mask) !== 0;
  return { cts: bit(0x10), dsr: bit(0x20), ri: bit(0x40), dcd: bit(0x80) };
}

/** A rate has four bytes, every other value one. */
function encode(command: number, value: number): Buffer {
  if (command !== COMMAND.BAUD_RATE) return Buffer.from([command, value]);
  const message = Buffer.alloc(5);
  message[0] = command;
  message.writeUInt32BE(value, 1);
  return message;
}
