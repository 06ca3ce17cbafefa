import type { Key } from 'node:readline';
import { ModemError } from '../../../errors/modem-error.js';
import { EXIT, type ExitCode } from '../../exit-codes.js';
import type { ConsoleCore } from '../console-core.js';
import type { DataMode } from '../data-mode.js';
import { helpFor, helpLines } from '../help-text.js';
import type { History } from '../kept.js';
import { typedBytes } from '../readable.js';
import type { Connection } from '../session.js';
import { maskTyped, typingFault } from '../typed-line.js';
import type { Paint, Style } from '../view.js';
import { complete, hintFor, moduleCommands } from './completion.js';
import { type Completion, type EditorHandlers, HistorySearch, type LineEditor } from './line-editor.js';

const CTRL_Z = Buffer.from([0x1a]);
const ESC = Buffer.from([0x1b]);

/** What the keys do: those of the console itself, and the lines that come of the others. */
export class Typing implements EditorHandlers {
  readonly #core: ConsoleCore;
  readonly #history: History;
  readonly #paint: Paint;
  readonly #editorOf: () => LineEditor;
  /** Lines that wait for those before them. */
  readonly #lines: string[] = [];
  #working = false;
  #search: HistorySearch | undefined;
  #prompt = '';
  /** A question that was answered when its `?` was typed. */
  #explained: string | undefined;
  /** Whether Ctrl-C has been pressed where there was nothing to give up. */
  #leaving = false;
  /** What has been done to end a payload before its time. */
  #cancelling: 'no' | 'asking' | 'asked' = 'no';
  /** A line that was not sent, as something is wrong with it. */
  #heldBack: string | undefined;
  #moduleCommands: readonly string[] | undefined;
  #leave: (exitCode: ExitCode) => void = () => {};

  constructor(core: ConsoleCore, history: History, paint: Paint, editorOf: () => LineEditor) {
    this.#core = core;
    this.#history = history;
    this.#paint = paint;
    this.#editorOf = editorOf;
  }

  onLeave(leave: (exitCode: ExitCode) => void): void {
    this.#leave = leave;
  }

  get #editor(): LineEditor {
    return this.#editorOf();
  }

  get #session() {
    return this.#core.context.session;
  }

  key(text: string | undefined, key: Key): void {
    if (!(key.ctrl === true && key.name === 'c')) this.#leaving = false;
    if (this.#search !== undefined && this.#searchKey(this.#search, text, key)) return;
    if (!this.#ownKey(text, key)) this.#editor.key(text, key);
    if (this.#session.data !== undefined) this.refresh();
  }

  /** A line is complete. */
  line(line: string): void {
    this.#endSearch();
    if (this.#session.data !== undefined) return this.#giveLine(line);
    if (line.trim() === '' || line === this.#explained || this.#holdsBack(line)) return;
    this.#history.add(line);
    if (this.#core.isImmediate(line)) void this.#core.submit(line);
    else {
      this.#lines.push(line);
      void this.#work();
    }
    this.refresh();
  }

  /** True: it is nearly a command, and not what modules take. The same line once more goes out as it is. */
  #holdsBack(line: string): boolean {
    const fault = line === this.#heldBack ? undefined : typingFault(line);
    this.#heldBack = fault === undefined ? undefined : line;
    if (fault === undefined) return false;
    const { view } = this.#core.context;
    view.note(`not sent: ${fault.what}. Probably meant: ${maskTyped(fault.right)}`, 'bad');
    view.note('press Up and Enter to send that, or Up twice and Enter for what was typed', 'plain');
    this.#editor.offer(fault.right);
    return true;
  }

  complete(line: string): Completion {
    if (this.#session.data !== undefined) return [[], line];
    this.#askModule();
    const macros = [...this.#core.context.macros.all.keys()];
    return complete(line, { fromModule: this.#moduleCommands ?? [], macros });
  }

  hint(line: string): string {
    return this.#session.data !== undefined || this.#search !== undefined ? '' : hintFor(line);
  }

  remember(_line: string): boolean {
    return this.#session.data === undefined;
  }

  /** Shows the state of things in the prompt. */
  refresh(): void {
    const { data, connection } = this.#session;
    if (data === undefined && this.#cancelling === 'asked') this.#cancelling = 'no';
    // A payload that was typed, or pasted, before the prompt came.
    const missing = data?.wanted === undefined ? 0 : data.wanted - data.given;
    if (missing > 0 && this.#lines.length > 0) return this.#giveLine(this.#lines.shift() ?? '');
    const prompt =
      this.#search !== undefined
        ? `search "${this.#search.query}"${this.#search.match === undefined && this.#search.query !== '' ? ', nothing' : ''}: `
        : data === undefined
          ? promptText(connection, this.#working || this.#session.busy, this.#paint)
          : dataPrompt(data, typedBytes(this.#editor.line, this.#hex).length, this.#paint);
    if (prompt === this.#prompt) return;
    this.#prompt = prompt;
    this.#editor.prompt(prompt);
  }

  get #hex(): boolean {
    return this.#core.context.look.hex;
  }

  /** True: the editor does not get it. */
  #ownKey(text: string | undefined, key: Key): boolean {
    const { data } = this.#session;
    const { line } = this.#editor;
    if (key.ctrl === true && key.name === 'c') this.#interrupt();
    else if (key.ctrl === true && key.name === 'd' && line === '') this.#endOfInput();
    else if (key.ctrl === true && key.name === 't') this.#run('.status');
    else if (key.ctrl === true && key.name === 'r' && data === undefined) {
      this.#search = new HistorySearch(this.#history.lines, line);
      this.refresh();
    } else if (key.ctrl === true && key.name === 'z') this.#end(CTRL_Z);
    else if (key.name === 'escape' && data !== undefined) this.#end(ESC);
    else {
      if (text === '?' && data === undefined && /^AT\S+\s$/i.test(line)) this.#help(line);
      return false;
    }
    return true;
  }

  /** True: it belongs to the search, which may be over now. */
  #searchKey(search: HistorySearch, text: string | undefined, key: Key): boolean {
    const printable =
      text !== undefined && key.ctrl !== true && key.meta !== true && /^[^\p{Cc}]+$/u.test(text);
    if (key.ctrl === true && (key.name === 'c' || key.name === 'g')) return this.#endSearch(search.original);
    if (key.name === 'escape') return this.#endSearch(search.match ?? search.original);
    if (key.ctrl === true && key.name === 'r') search.older();
    else if (key.name === 'backspace') search.backspace();
    else if (printable) search.type(text);
    else {
      this.#endSearch(search.match ?? search.original);
      return false;
    }
    this.refresh();
    this.#editor.replace(search.match ?? '');
    return true;
  }

  #endSearch(line?: string): boolean {
    if (this.#search === undefined) return true;
    this.#search = undefined;
    this.refresh();
    if (line !== undefined) this.#editor.replace(line);
    return true;
  }

  /** Ctrl-C gives up what is under way, else clears the line; the second one in a row leaves. */
  #interrupt(): void {
    this.#lines.length = 0;
    if (this.#takesPayload) void this.#leaveData();
    else if (this.#core.giveUp()) return;
    else if (this.#editor.line !== '') this.#editor.replace('');
    else if (this.#leaving) this.#leave(EXIT.INTERRUPTED);
    else {
      this.#leaving = true;
      this.#core.context.view.note('Ctrl-C once more leaves; so does Ctrl-D', 'plain');
    }
  }

  /** Ctrl-D. A module that waits for a payload would take the commands of the next program for it. */
  #endOfInput(): void {
    if (this.#takesPayload) void this.#leaveData();
    else this.#leave(EXIT.DONE);
  }

  /** Whether the module itself takes what is typed; the driver writes nothing before a payload is complete. */
  get #takesPayload(): boolean {
    return this.#session.data !== undefined && this.#session.connection === 'raw';
  }

  /** Out of a payload: Esc first, and what the module still wants only if that is asked for. */
  async #leaveData(): Promise<void> {
    const { view } = this.#core.context;
    if (this.#cancelling === 'asking') return;
    this.#editor.replace('');
    const filling = this.#cancelling === 'asked';
    this.#cancelling = 'asking';
    try {
      if (filling) await this.#fillUp();
      else {
        view.note('Esc asks the module to forget the payload', 'plain');
        const answered = await this.#session.cancelData();
        const { wanted, given } = this.#session.data ?? {};
        if (wanted !== undefined && given !== undefined) view.note(stillWanted(wanted - given), 'bad');
        else if (!answered) view.note('no answer to Esc so far; Ctrl-C gives the command up', 'bad');
      }
    } catch (error) {
      if (!(error instanceof ModemError)) throw error;
      view.note(error.message, 'bad');
    } finally {
      this.#cancelling = this.#session.data === undefined ? 'no' : 'asked';
    }
  }

  async #fillUp(): Promise<void> {
    const filled = await this.#session.fillData();
    const words = `the payload is filled up with ${filled} bytes of Esc and CR: if the module sends it, the message is damaged`;
    this.#core.context.view.note(words, 'bad');
  }

  #help(line: string): void {
    const helps = helpFor(line);
    const { view } = this.#core.context;
    this.#explained = `${line}?`;
    if (helps.length === 0) view.note(`nothing is known of ${line.trim()}`, 'plain');
    else view.text(helps.flatMap(helpLines));
  }

  #run(line: string): void {
    this.#lines.push(line);
    void this.#work();
    this.refresh();
  }

  /** One line at a time, in the order they were typed. */
  async #work(): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    const { view } = this.#core.context;
    for (let line = this.#lines.shift(); line !== undefined; line = this.#lines.shift()) {
      view.typed(line.trim());
      await this.#core.submit(line);
    }
    this.#working = false;
    this.refresh();
  }

  /** Bytes of the payload: not more than are wanted. */
  #giveLine(line: string): void {
    const { data } = this.#session;
    const bytes = typedBytes(line, this.#hex);
    const room = data?.wanted === undefined ? bytes.length : data.wanted - data.given;
    if (bytes.length > room) {
      this.#core.context.view.note(`${bytes.length} bytes are too many, ${room} are wanted`, 'bad');
      return this.#editor.replace(line);
    }
    this.#try(this.#session.giveData(bytes));
  }

  /** Ctrl-Z and Esc: behind a prompt with a count they are bytes like others, else they end the payload. */
  #end(byte: Buffer): void {
    const { data } = this.#session;
    if (data === undefined) return;
    const bytes = Buffer.concat([typedBytes(this.#editor.line, this.#hex), byte]);
    if (data.wanted !== undefined && bytes.length > data.wanted - data.given) return;
    this.#editor.replace('');
    this.#try(data.wanted === undefined ? this.#session.endData(bytes) : this.#session.giveData(bytes));
  }

  #try(writing: Promise<void>): void {
    writing.catch((error: unknown) => {
      if (!(error instanceof ModemError)) throw error;
      this.#core.context.view.note(error.message, 'bad');
    });
  }

  /** Once; its answer counts from the next Tab on. */
  #askModule(): void {
    if (this.#moduleCommands !== undefined || this.#session.busy || this.#session.connection !== 'raw')
      return;
    this.#moduleCommands = [];
    void moduleCommands(this.#session).then((commands) => {
      this.#moduleCommands = commands;
    });
  }
}

function stillWanted(bytes: number): string {
  return (
    `the module does not answer Esc: it still waits for ${bytes} bytes, and takes whatever is typed for them. ` +
    'Type the rest, or press Ctrl-C once more to fill it up'
  );
}

const LOOKS: Readonly<Record<Connection, readonly [text: string, style: Style]>> = {
  'no port': ['no port', 'bad'],
  raw: ['at', 'sent'],
  connecting: ['connecting', 'note'],
  connected: ['mqtt', 'good'],
  offline: ['offline', 'bad'],
};

/** `at> `, `mqtt> `; `…` while a line waits for its answer. */
function promptText(connection: Connection, busy: boolean, paint: Paint): string {
  const [text, style] = LOOKS[connection];
  return `${paint(style, text)}${busy ? '…' : ''}> `;
}

/** `data 3/11> `: bytes so far, those in the line among them, and how many are wanted. */
function dataPrompt({ wanted, given }: DataMode, typed: number, paint: Paint): string {
  const count = given + typed;
  if (wanted === undefined) return `data ${count}, Ctrl-Z ends> `;
  const style = count > wanted ? 'bad' : count === wanted ? 'good' : 'note';
  return `data ${paint(style, `${count}/${wanted}`)}> `;
}
