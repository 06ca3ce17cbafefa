import type { Line } from '../../at/line.js';
import { parseFinalResult } from '../../at/result-codes.js';
import { payloadWords } from '../../dialects/words.js';
import { Conversation, noiseWords, type Utterance } from '../decode/conversation.js';
import { BOOT, WORDS } from '../decode/dialect-words.js';
import { knownLine } from '../decode/known-commands.js';

/** One thing that goes over the wire, as the console shows it. `text` is wire text (latin1), secrets not masked yet. */
export interface Item {
  readonly role: LineRole | 'command' | 'prompt' | 'sent-data' | 'noise';
  readonly text: string;
  readonly words: string | undefined;
  /** A payload: of a downlink, or of what was sent. */
  readonly bytes: Buffer | undefined;
}

interface TrafficHandlers {
  item(item: Item): void;
  /** The module wants so many bytes; undefined: until Ctrl-Z or Esc. */
  prompt(wanted: number | undefined): void;
}

/** ms of silence after which a line without its end is looked at. */
const IDLE_TIME = 300;

/** Bytes without a line end that are kept to be shown. */
const MAX_TAIL = 4096;

const LF = 0x0a;

/** Both directions of the wire, as items. Tells a prompt that nobody announced by the silence behind it. */
export class Traffic {
  readonly #handlers: TrafficHandlers;
  readonly #conversation: Conversation;
  /** What came since the last LF. */
  #tail: Buffer = Buffer.alloc(0);
  /** Bytes of it that were told. */
  #told = 0;
  #idle: NodeJS.Timeout | undefined;
  /** Runs while a command line lacks the rest of its payload. */
  #rest: NodeJS.Timeout | undefined;
  /** The command line whose final result code has not come. */
  #pending: string | undefined;
  /** Whether bytes go behind a prompt that was not announced. */
  #freeForm = false;

  constructor(handlers: TrafficHandlers) {
    this.#handlers = handlers;
    this.#conversation = new Conversation((utterance) => this.#onUtterance(utterance));
  }

  /** Bytes of a counted payload that are still wanted. */
  get wanted(): number | undefined {
    return this.#conversation.wanted;
  }

  sent(bytes: Buffer): void {
    if (!this.#freeForm) {
      this.#conversation.sent(bytes);
      clearTimeout(this.#rest);
      if (this.#conversation.lineOpen)
        this.#rest = setTimeout(() => this.#conversation.closeLine(), IDLE_TIME).unref();
      return;
    }
    this.#item({ role: 'sent-data', text: '', bytes, words: payloadWords(bytes) });
  }

  received(bytes: Buffer): void {
    this.#keepTail(bytes);
    this.#conversation.received(bytes);
  }

  /** What is typed from now on is a command line again. */
  leaveFreeForm(): void {
    this.#freeForm = false;
  }

  /** The port is gone, or was opened with other settings. */
  reset(): void {
    clearTimeout(this.#idle);
    clearTimeout(this.#rest);
    this.#tail = Buffer.alloc(0);
    this.#pending = undefined;
    this.#freeForm = false;
    this.#conversation.reset();
  }

  #onUtterance(utterance: Utterance): void {
    if (utterance.kind === 'command') {
      this.#pending = utterance.text;
      this.#item({ role: 'command', text: utterance.text, words: utterance.words });
    } else if (utterance.kind === 'line') {
      this.#onLine(utterance.text, utterance.payload, utterance.words);
    } else if (utterance.kind === 'prompt') {
      this.#tail = Buffer.alloc(0);
      this.#onPrompt(utterance.wanted);
    } else if (utterance.kind === 'payload') {
      this.#item({ role: 'sent-data', text: '', bytes: utterance.bytes, words: utterance.words });
    } else {
      this.#item({ role: 'noise', text: '', words: noiseWords(utterance) });
    }
  }

  #onLine(text: string, payload: Buffer | undefined, words: string | undefined): void {
    const role = lineRole(payload === undefined ? { text } : { text, payload }, this.#pending);
    this.#item({ role, text, words, ...(payload === undefined ? {} : { bytes: payload }) });
    if (payload !== undefined || parseFinalResult(text) === undefined) return;
    this.#pending = undefined;
    this.#freeForm = false;
  }

  #onPrompt(wanted: number | undefined): void {
    const words =
      wanted === undefined ? 'data is wanted, Ctrl-Z ends it, Esc gives up' : `${wanted} bytes are wanted`;
    this.#item({ role: 'prompt', text: '>', words });
    this.#handlers.prompt(wanted);
  }

  #item(item: Omit<Item, 'bytes'> & { readonly bytes?: Buffer }): void {
    this.#handlers.item({ ...item, bytes: item.bytes });
  }

  #keepTail(bytes: Buffer): void {
    const end = bytes.lastIndexOf(LF) + 1;
    this.#tail = end > 0 ? bytes.subarray(end) : Buffer.concat([this.#tail, bytes]).subarray(-MAX_TAIL);
    if (end > 0) this.#told = 0;
    clearTimeout(this.#idle);
    if (this.#tail.length > 0) this.#idle = setTimeout(() => this.#onIdle(), IDLE_TIME).unref();
  }

  /** Behind the echo of the pending command line; undefined while that is on its way. */
  #withoutEcho(text: string): string | undefined {
    const pending = this.#pending;
    const start = text.replace(/^[\r\0]+/, '');
    if (pending === undefined || this.#told > 0 || start === '') return text;
    if (start.startsWith(pending)) return start.slice(pending.length) || undefined;
    return pending.startsWith(start) ? undefined : text;
  }

  /** V.250 does not know the prompt; TS 27.005 3.3.1 has `CR LF > SP` for messages, without a line end. */
  #onIdle(): void {
    if (this.#conversation.wanted !== undefined) return;
    this.#conversation.idle();
    const text = this.#withoutEcho(this.#tail.subarray(this.#told).toString('latin1'));
    // The echo of a command line has no line end before the answer comes, V.250 6.2.4.
    if (text === undefined) return;
    this.#told = this.#tail.length;
    if (this.#pending !== undefined && /^[\r\0]*> $/.test(text)) {
      this.#freeForm = true;
      this.#onPrompt(undefined);
    } else if (/[^\r\0]/.test(text)) {
      this.#item({ role: 'noise', text, words: 'no line end yet' });
    }
  }
}

/** Lists the commands that the module knows. */
const LIST_COMMANDS = '+CLAC';

/** What a line of the module is: `urc` is whatever was not asked for, result URCs among them. */
type LineRole = 'echo' | 'ok' | 'failure' | 'response' | 'urc';

/** `pending` is the command line whose final result code has not come. */
function lineRole(line: Line, pending: string | undefined): LineRole {
  const { text, payload } = line;
  if (payload === undefined && text === pending) return 'echo';
  const final = payload === undefined ? parseFinalResult(text) : undefined;
  if (final !== undefined) return final.ok ? 'ok' : 'failure';
  if (pending === undefined || BOOT.marker(text) === 'certain') return 'urc';
  return isResponse(line, pending) ? 'response' : 'urc';
}

function isResponse(line: Line, pending: string): boolean {
  const { text } = line;
  const { command } = knownLine(pending) ?? {};
  if (command?.result !== undefined) return false;
  if (command?.response.owns(text)) return true;
  if (WORDS.some(({ urcs }) => urcs.some((urc) => urc.parse(line) !== undefined))) return false;
  if (command !== undefined) return command.response.bare === true && !/^[+^]/.test(text);
  // A command that is not declared answers under its name, or with bare text.
  const name = /^AT([+^&*%$#]?[A-Z0-9_]+)/i.exec(pending)?.[1]?.toUpperCase();
  // TS 27.007 8.37: the answer is a list of names.
  if (name === LIST_COMMANDS) return true;
  return !/^[+^]/.test(text) || (name !== undefined && text.toUpperCase().startsWith(name));
}

/** What the module said, with a counted payload; UTF-8. Undefined for an echo, and for what is no line. */
export function lineOf({ role, text, bytes }: Item): string | undefined {
  if (role !== 'ok' && role !== 'failure' && role !== 'response' && role !== 'urc') return undefined;
  const wire = Buffer.from(text, 'latin1');
  return (bytes === undefined ? wire : Buffer.concat([wire, bytes])).toString('utf8');
}
