import type { Recordings } from '../module/simulated-dialect.js';
import { isMasked } from './script.js';

/** How what the TE wrote agrees with the recording. */
export type Likeness = 'same' | 'similar' | 'other';

/**
 * `same`: equal but for message ids and client ids, and for what is `***` in the recording. `similar`: the same command
 * with other parameters. Texts are command lines without their ends.
 */
export function compareLines(recorded: string, written: string, recordings: Recordings): Likeness {
  const [wanted, found] = [withoutChosen(recorded, recordings), withoutChosen(written, recordings)];
  if (wanted === found || (isMasked(wanted) && maskedPattern(wanted).test(found))) return 'same';
  return nameOf(recorded) === nameOf(written) ? 'similar' : 'other';
}

/** The same for bytes behind a prompt. */
export function comparePayloads(recorded: string, written: string): Likeness {
  if (recorded === written || (isMasked(recorded) && maskedPattern(recorded).test(written))) return 'same';
  return 'similar';
}

/** The message ids of this run instead of the recorded ones. */
export class MessageIds {
  readonly #recordings: Recordings;
  readonly #ids = new Map<string, string>();

  constructor(recordings: Recordings) {
    this.#recordings = recordings;
  }

  /** Takes the id of a command that was recorded with another one. */
  learn(recorded: string, written: string): void {
    const [was, is] = [recorded, written].map((line) => chosenId(line, this.#recordings));
    if (was !== undefined && is !== undefined) this.#ids.set(was, is);
  }

  /** The bytes of the TA (latin1) with the ids that the TE has chosen. */
  apply(text: string): string {
    if (this.#ids.size === 0) return text;
    const learnt = (_all: string, head: string, id: string) => head + (this.#ids.get(id) ?? id);
    return this.#recordings.results.reduce((applied, result) => applied.replace(result, learnt), text);
  }
}

function withoutChosen(line: string, { chosen }: Recordings): string {
  for (const { pattern } of chosen) {
    const [, head, , tail] = pattern.exec(line) ?? [];
    if (head !== undefined) return `${head}…${tail}`;
  }
  return line;
}

function chosenId(line: string, { chosen }: Recordings): string | undefined {
  for (const { pattern, messageId } of chosen) {
    const id = messageId ? pattern.exec(line)?.[2] : undefined;
    if (id !== undefined) return id;
  }
  return undefined;
}

function maskedPattern(recorded: string): RegExp {
  const parts = recorded.split('***').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's');
}

/** `AT+CFUN=`, `AT+CEREG?`, `ATE0`: what a command is without its parameters. */
function nameOf(line: string): string {
  return (/^AT[^=?]*(?:=\?|=|\?)?/i.exec(line)?.[0] ?? line).toUpperCase();
}

/** The TE wrote something else than in the recording. Texts are readable, without secrets. */
export interface Mismatch {
  /** Line of the file where the expected one stands; undefined: the recording has ended. */
  readonly line: number | undefined;
  readonly expected: string | undefined;
  readonly received: string;
  /**
   * `answered` as recorded: the same command with other parameters, or another payload. `skipped`: it stands a little
   * further on, and the play goes on from there. `refused` with `ERROR`: the play stays where it is.
   */
  readonly outcome: 'answered' | 'skipped' | 'refused';
}
