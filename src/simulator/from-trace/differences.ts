import { isMasked } from './script.js';

/** How what the TE wrote agrees with the recording. */
type Likeness = 'same' | 'similar' | 'other';

/** What differs from run to run: message ids, which the TE chooses, and client ids, which it may choose at random. */
const CHOSEN: readonly RegExp[] = [
  // LMQTTPUB=<id>,<msgID>,…; lmqtt.md 5 [M]
  /^(AT\+LMQTTPUB=\d+,)(\d+)(,.*)$/s,
  // LMQTTSUBUNSUB=<id>,<subflag>,<msgID>,…; lmqtt.md 4 [M]
  /^(AT\+LMQTTSUBUNSUB=\d+,[01],)(\d+)(,.*)$/s,
  // LMQTTCONN=<id>,"clientID"…; lmqtt.md 3 [M]
  /^(AT\+LMQTTCONN=\d+,")([^"]*)(".*)$/s,
];

/** Result URCs that carry the message id of their command, in both spellings: lmqtt.md 4 and 5 [M]. */
const RESULT = /(\+LMQTT(?:PUB|SUBUNSUB|UNSUNSUB): ?\d+,)(\d+)/g;

/**
 * `same`: equal but for message ids and client ids, and for what is `***` in the recording. `similar`: the same command
 * with other parameters. Texts are command lines without their ends.
 */
export function compareLines(recorded: string, written: string): Likeness {
  const [wanted, found] = [withoutChosen(recorded), withoutChosen(written)];
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
  readonly #ids = new Map<string, string>();

  /** Takes the id of a command that was recorded with another one. */
  learn(recorded: string, written: string): void {
    const [was, is] = [chosenId(recorded), chosenId(written)];
    if (was !== undefined && is !== undefined) this.#ids.set(was, is);
  }

  /** The bytes of the TA (latin1) with the ids that the TE has chosen. */
  apply(text: string): string {
    if (this.#ids.size === 0) return text;
    return text.replace(RESULT, (_all, head: string, id: string) => head + (this.#ids.get(id) ?? id));
  }
}

function withoutChosen(line: string): string {
  for (const place of CHOSEN) {
    const [, head, , tail] = place.exec(line) ?? [];
    if (head !== undefined) return `${head}…${tail}`;
  }
  return line;
}

function chosenId(line: string): string | undefined {
  const [, , id] = CHOSEN[0]?.exec(line) ?? CHOSEN[1]?.exec(line) ?? [];
  return id;
}

function maskedPattern(recorded: string): RegExp {
  const parts = recorded.split('***').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's');
}

/** `AT+LMQTTPUB=`, `AT+CEREG?`, `ATE0`: what a command is without its parameters. */
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
