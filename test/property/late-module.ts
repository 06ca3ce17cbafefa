import type { Duplex } from 'node:stream';
import { memoryLink } from '../../src/transport/memory.js';

/** What of an answer is late. */
export type Lateness = 'OK' | 'result' | 'both';

export interface Late {
  /** The first command line that matches is answered late. */
  readonly pattern: RegExp;
  readonly what: Lateness;
  /** A late result waits for the worst moment: the next command of that name, just before or behind its `OK`. */
  readonly moment: 'before' | 'behind';
}

interface Answer {
  readonly lines?: readonly string[];
  readonly final?: string;
  readonly result?: string;
  /** ms until then; 0 for at once. */
  readonly resultDelay?: number;
  /** What becomes true together with the result. */
  readonly effect?: () => void;
}

/** ms: far beyond each limit for an `OK`. */
const LATE_OK = 8_000;

/** A strictly serial module without a network: it tells the truth, but late. */
export class LateModule {
  opened = false;
  connected = false;
  readonly settings = new Set<string>();
  readonly published: string[] = [];
  /** What OPEN and CONN come to, in turn; good when there is nothing left. */
  readonly outcomes: Record<'OPEN' | 'CONN', string[]> = { OPEN: [], CONN: [] };
  /** Grows with each chunk that comes. */
  activity = 0;
  /** ms that LMQTTCLOSE takes. */
  closeTime = 0;
  readonly #late: Late;
  #isLate = false;
  #held: { readonly name: string; readonly text: string } | undefined;
  #stream: Duplex | undefined;
  #pending = '';
  #busy = false;
  #data: { readonly line: string; readonly length: number } | undefined;

  constructor(late: Late) {
    this.#late = late;
  }

  readonly open = (): Duplex => {
    const [host, module] = memoryLink();
    module.on('error', () => {});
    module.on('data', (chunk: Buffer) => {
      this.activity += 1;
      this.#pending += chunk.toString('latin1');
      this.#take();
    });
    this.#stream = module;
    return host;
  };

  announce(messageId: number): void {
    this.#send(`+LMQTTURC: RECV,0,${messageId}`);
  }

  /** Whether the late answer was asked for. */
  get wasLate(): boolean {
    return this.#isLate;
  }

  #send(...lines: string[]): void {
    const bytes = lines.map((line) => `\r\n${line}\r\n`).join('');
    this.#stream?.write(Buffer.from(bytes, 'latin1'));
  }

  #take(): void {
    if (this.#busy) return;
    const data = this.#data;
    if (data !== undefined) {
      if (this.#pending.length < data.length) return;
      const payload = this.#pending.slice(0, data.length);
      this.#pending = this.#pending.slice(data.length);
      this.#data = undefined;
      return this.#answer(data.line, payload);
    }
    const end = this.#pending.indexOf('\r\n');
    if (end < 0) return;
    const line = this.#pending.slice(0, end).replace(/^[^A]*/, '');
    this.#pending = this.#pending.slice(end + 2);
    const length = /^AT\+LMQTTPUB=[^"]*"[^"]*",(\d+)$/.exec(line)?.[1];
    if (length === undefined) return this.#answer(line, undefined);
    this.#data = { line, length: Number(length) };
    this.#stream?.write('\r\n> ');
    this.#take();
  }

  #answer(line: string, payload: string | undefined): void {
    const late = !this.#isLate && this.#late.pattern.test(line) ? this.#late.what : undefined;
    this.#isLate ||= late !== undefined;
    const answer = this.#understand(line, payload);
    this.#busy = true;
    const finish = () => {
      this.#busy = false;
      this.#finish(line, answer, late);
      this.#take();
    };
    if (late === 'OK' || late === 'both') setTimeout(finish, LATE_OK);
    else finish();
  }

  #finish(
    line: string,
    { lines = [], final = 'OK', result, resultDelay = 0, effect }: Answer,
    late?: Lateness,
  ): void {
    const name = nameOf(line);
    const held = this.#held?.name === name ? this.#held.text : undefined;
    if (held !== undefined) this.#held = undefined;
    const heldBefore = held !== undefined && this.#late.moment === 'before' ? [held] : [];
    const heldBehind = held !== undefined && this.#late.moment === 'behind' ? [held] : [];
    this.#send(...heldBefore, ...lines, final, ...heldBehind);
    const report = () => {
      effect?.();
      if (result !== undefined) this.#send(result);
    };
    if (result !== undefined && (late === 'result' || late === 'both')) {
      effect?.();
      this.#held = { name, text: result };
    } else if (resultDelay > 0) setTimeout(report, resultDelay);
    else report();
  }

  #understand(line: string, payload: string | undefined): Answer {
    const [, name = '', rest = ''] = /^AT\+LMQTT([A-Z]+)(.*)$/.exec(line) ?? [];
    if (name === 'CFG') {
      this.settings.add(/"(.*?)"/.exec(rest)?.[1] ?? '');
      return {};
    }
    if (name === 'OPEN') return this.#opening();
    if (name === 'CONN' && rest === '?') return { lines: [`+LMQTTCONN: 0,${this.connected ? 3 : 1}`] };
    if (name === 'CONN') return this.#connecting();
    if (name === 'DISC') return this.#leaving(this.connected, 'DISC');
    if (name === 'CLOSE') return this.#leaving(this.opened, 'CLOSE');
    if (name !== '') return this.#message(name, rest, payload);
    return { lines: INFORMATION[line] ?? [] };
  }

  #opening(): Answer {
    const outcome = this.opened ? '-1,2' : (this.outcomes.OPEN.shift() ?? '0');
    this.opened ||= outcome === '0';
    return { result: `+LMQTTOPEN: 0,${outcome}` };
  }

  #connecting(): Answer {
    if (!this.opened) return { final: 'ERROR' };
    const outcome = this.outcomes.CONN.shift() ?? '0,0';
    this.connected = outcome === '0,0';
    return { result: `+LMQTTCONN: 0,${outcome}` };
  }

  #leaving(possible: boolean, name: 'DISC' | 'CLOSE'): Answer {
    if (!possible) return { final: 'ERROR' };
    this.connected = false;
    const left = () => {
      if (name !== 'CLOSE' || !this.opened) return;
      this.opened = false;
      this.settings.clear();
    };
    return { result: `+LMQTT${name}: 0,0`, effect: left, resultDelay: name === 'CLOSE' ? this.closeTime : 0 };
  }

  #message(name: string, rest: string, payload: string | undefined): Answer {
    if (!this.connected) return { final: 'ERROR' };
    if (name === 'READ') return { lines: [`+LMQTTREAD: 0,${/,(\d+)/.exec(rest)?.[1]},"down",2,hi`] };
    if (name === 'SUBUNSUB') return { result: `+LMQTTSUBUNSUB: 0,${/,[01],(\d+)/.exec(rest)?.[1]},0,1` };
    this.published.push(payload ?? /"([^"]*)"$/.exec(rest)?.[1] ?? '');
    return { result: `+LMQTTPUB: 0,${/,(\d+)/.exec(rest)?.[1]},0` };
  }
}

const INFORMATION: Readonly<Record<string, readonly string[]>> = {
  'AT+CSQ': ['+CSQ: 27,99'],
  'AT+CESQ': ['+CESQ: 99,99,255,255,20,50'],
  'AT+CGATT?': ['+CGATT: 1'],
  'AT+CCLK?': ['+CCLK: "26/11/20,12:00:00+32"'],
  'AT+CGSN=1': ['+CGSN: "861326070275653"'],
  'AT+CPIN?': ['+CPIN: READY'],
  'AT+CEREG?': ['+CEREG: 2,1'],
};

function nameOf(line: string): string {
  return /^AT(\+[A-Z]+[=?]?|)/.exec(line)?.[1] ?? '';
}
