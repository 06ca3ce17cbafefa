import { ModemError } from '../../errors/modem-error.js';
import { delay } from '../../util/delay.js';
import { awaitedResult } from '../decode/known-commands.js';
import type { Answer, Outcome } from './answer.js';
import type { DataMode } from './data-mode.js';
import type { DotContext } from './dot/dot-command.js';
import { dotCommand, helpOn } from './dot/dot-commands.js';
import { type Item, lineOf } from './traffic.js';
import { maskTyped, typingFault } from './typed-line.js';

/** `AT+CSQ ?`: a question for the console, not for the module. */
const HELP_LINE = /^((?:AT)?\S+)\s+\?$/i;

/** Scripts and macros that call one another: more than anybody writes, and few enough for one that calls itself. */
const MAX_NESTED = 10;

export type CoreParts = Omit<DotContext, 'submit' | 'submitDot' | 'stopping'>;

interface CoreOptions {
  /** At the time limit a line ends, and it is done when its result URC has come: nobody is there to wait or to look. */
  readonly unattended: boolean;
}

/** Runs the lines that are typed: what goes to the module, what the console does itself, and what is asked of its help. */
export class ConsoleCore {
  readonly context: DotContext;
  readonly #unattended: boolean;
  #nested = 0;
  #stop = new AbortController();
  /** The payload that was under way when something was given up. */
  #interruptedData: DataMode | undefined;

  constructor(parts: CoreParts, { unattended }: CoreOptions) {
    this.#unattended = unattended;
    this.context = {
      ...parts,
      submit: (line) => this.submit(line),
      submitDot: (line) => this.#dot(line),
      stopping: () => this.#stop.signal,
    };
  }

  /** Whether the line need not wait for those before it. */
  isImmediate(line: string): boolean {
    if (HELP_LINE.test(line)) return true;
    if (!line.startsWith('.')) return false;
    try {
      return dotCommand(line).command.immediate === true;
    } catch {
      return true;
    }
  }

  /** Runs one line. Never rejects: what went wrong is shown. */
  async submit(typed: string): Promise<Outcome> {
    const line = typed.trim();
    const { view, session } = this.context;
    if (line === '') return 'done';
    try {
      const help = HELP_LINE.exec(line)?.[1];
      if (help !== undefined) view.text(helpOn(help, []));
      else if (line.startsWith('.')) await this.#dot(line);
      else return await this.#ask(line);
      return 'done';
    } catch (error) {
      if (!(error instanceof ModemError)) throw error;
      const givenUp = error.code === 'ABORTED';
      view.note(givenUp ? 'given up' : error.message, 'bad');
      return givenUp ? 'given-up' : session.connection === 'no port' ? 'no-port' : 'failed';
    }
  }

  /** Gives up what is under way; false if there is nothing. */
  giveUp(): boolean {
    const { connection, data } = this.context.session;
    // The driver sends no line before its payload is complete: the module waits for nothing.
    this.#interruptedData = connection === 'raw' ? data : undefined;
    const running = this.#nested > 0;
    this.#stop.abort();
    this.#stop = new AbortController();
    return this.context.session.giveUp() || running;
  }

  async #dot(line: string): Promise<void> {
    const { command, rest } = dotCommand(line);
    if (this.#nested >= MAX_NESTED) {
      throw new ModemError(
        'INVALID_ARGUMENT',
        `${command.name}: scripts and macros call each other in a circle`,
      );
    }
    this.#nested += 1;
    try {
      await command.run(rest, this.context);
    } finally {
      this.#nested -= 1;
    }
  }

  async #ask(line: string): Promise<Outcome> {
    const { session, view } = this.context;
    // In a terminal it was told before.
    const fault = this.#unattended ? typingFault(line) : undefined;
    if (fault !== undefined) view.note(`${fault.what}. Probably meant: ${maskTyped(fault.right)}`, 'bad');
    if (!this.#unattended) return this.#tell(await session.ask(line));
    const awaited = awaitedResult(line);
    const result = awaited && this.#listen((item) => awaited.read({ text: lineOf(item) ?? '' }));
    try {
      const outcome = this.#tell(await session.ask(line, { atLimit: 'end' }));
      if (outcome !== 'done' || awaited === undefined || result === undefined) return outcome;
      const over = new AbortController();
      const signal = AbortSignal.any([over.signal, this.#stop.signal]);
      const good = await Promise.race([result.found, delay(awaited.limit, signal).then(() => undefined)]);
      over.abort();
      if (good !== undefined) return good ? 'done' : 'failed';
      view.note(`no result within ${awaited.limit / 1000} s`, 'bad');
      return 'silent';
    } finally {
      result?.forget();
    }
  }

  #listen(read: (item: Item) => boolean | undefined): { readonly found: Promise<boolean>; forget(): void } {
    const { session } = this.context;
    let onItem = (_item: Item) => {};
    const found = new Promise<boolean>((resolve) => {
      onItem = (item) => {
        const good = read(item);
        if (good !== undefined) resolve(good);
      };
    });
    const listener = (item: Item) => onItem(item);
    session.on('item', listener);
    return { found, forget: () => void session.off('item', listener) };
  }

  /** Says how a line ended unless the module has said so. */
  #tell(answer: Answer): Outcome {
    const { session, view } = this.context;
    if (answer.kind === 'final') return answer.result.ok ? 'done' : 'failed';
    if (answer.kind === 'silent') view.note(`no answer within ${answer.limit / 1000} s`, 'bad');
    else if (answer.kind === 'failed') view.note(answer.error.message, 'bad');
    else view.note(givenUpText(this.#interruptedData), 'plain');
    if (answer.kind !== 'failed') return answer.kind;
    if (session.connection === 'no port') return 'no-port';
    return answer.error.code === 'REBOOTED' ? 'silent' : 'failed';
  }
}

function givenUpText(data: DataMode | undefined): string {
  if (data === undefined) return 'given up';
  const text = 'given up; the module may still wait for the rest';
  if (data.wanted === undefined) return text;
  return `${text}: the next ${data.wanted - data.given} bytes count as payload, line ends too`;
}
