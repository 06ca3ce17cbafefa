import { Duplex } from 'node:stream';

/** What the module does with one command line. */
export interface Reaction {
  /** `good`: the right answer; `bytes`: these instead; `both`: these, then the right answer. */
  readonly kind: 'good' | 'bytes' | 'both';
  readonly text: string;
  /** ms until then. */
  readonly delay: number;
}

const OK = '\r\nOK\r\n';

const GOOD: readonly (readonly [RegExp, (match: RegExpExecArray) => string])[] = [
  [/AT\+CSQ$/, () => `\r\n+CSQ: 27,99\r\n${OK}`],
  [/AT\+CESQ$/, () => `\r\n+CESQ: 99,99,255,255,20,50\r\n${OK}`],
  [/AT\+CGATT\?$/, () => `\r\n+CGATT: 1\r\n${OK}`],
  [/AT\+CCLK\?$/, () => `\r\n+CCLK: "26/11/20,12:00:00+32"\r\n${OK}`],
  [/AT\+CGSN=1$/, () => `\r\n+CGSN: "861326070275653"\r\n${OK}`],
  [/AT\+LMQTTCONN\?$/, () => `\r\n+LMQTTCONN: 0,3\r\n${OK}`],
  [/AT\+LMQTT(OPEN|DISC|CLOSE)=/, ([, name]) => `${OK}\r\n+LMQTT${name}: 0,0\r\n`],
  [/AT\+LMQTTCONN=/, () => `${OK}\r\n+LMQTTCONN: 0,0,0\r\n`],
  [/AT\+LMQTTSUBUNSUB=0,[01],(\d+)/, ([, id]) => `${OK}\r\n+LMQTTSUBUNSUB: 0,${id},0,1\r\n`],
  [/AT\+LMQTTREAD=0,(\d+)/, ([, id]) => `\r\n+LMQTTREAD: 0,${id},"t",3,a\r\n\r\n${OK}`],
  [/AT\+LMQTTPUB=0,(\d+),.*"$/, ([, id]) => `${OK}\r\n+LMQTTPUB: 0,${id},0\r\n`],
  [/AT/, () => OK],
];

const DATA_MODE = /AT\+LMQTTPUB=0,(\d+),[^"]*"[^"]*",(\d+)$/;

/** A module that follows a script of reactions, and answers as it should when the script is over. */
export class HostileModule extends Duplex {
  readonly #script: Reaction[];
  #pending = '';
  /** Bytes that data mode still takes. */
  #data = 0;
  #afterData = '';
  #good = false;

  constructor(script: readonly Reaction[]) {
    super();
    this.#script = [...script];
  }

  /** From now on all is well, and nothing late comes any more; the line that was begun ends. */
  mend(): void {
    this.#good = true;
    this.says('\r\n');
  }

  says(text: string): void {
    if (!this.destroyed) this.push(Buffer.from(text, 'latin1'));
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: () => void): void {
    callback();
    // Nothing that comes before the driver knows that its line is written can be the answer.
    setImmediate(() => {
      this.#pending += chunk.toString('latin1');
      this.#take();
    });
  }

  #take(): void {
    for (;;) {
      if (this.#data > 0) {
        if (this.#pending.length < this.#data) return;
        this.#pending = this.#pending.slice(this.#data);
        this.#data = 0;
        this.#react(this.#afterData);
      }
      const end = this.#pending.indexOf('\r');
      if (end < 0) return;
      const line = this.#pending.slice(0, end).trim();
      this.#pending = this.#pending.slice(end + 1);
      if (line !== '') this.#onLine(line);
    }
  }

  #onLine(line: string): void {
    const [, id, length] = DATA_MODE.exec(line) ?? [];
    if (id === undefined) return this.#react(answerTo(line));
    this.#data = Number(length);
    this.#afterData = `${OK}\r\n+LMQTTPUB: 0,${id},0\r\n`;
    this.says('\r\n> ');
  }

  #react(answer: string): void {
    const reaction = this.#good ? undefined : this.#script.shift();
    if (reaction === undefined) return this.says(answer);
    const { kind, text, delay } = reaction;
    const bytes = { good: answer, bytes: text, both: text + answer }[kind];
    if (delay === 0) return this.says(bytes);
    setTimeout(() => {
      if (!this.#good) this.says(bytes);
    }, delay);
  }
}

function answerTo(line: string): string {
  for (const [pattern, answer] of GOOD) {
    const match = pattern.exec(line);
    if (match !== null) return answer(match);
  }
  return '\r\nERROR\r\n';
}
