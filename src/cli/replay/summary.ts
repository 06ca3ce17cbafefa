import type { TraceItem } from '../../transport/trace-reader.js';
import { type DurationSummary, Durations } from './durations.js';
import { commandName, linePrefix } from './exchanges.js';
import type { Moment } from './playback.js';

/** Distinct names that are counted by themselves; garbage can look like any number of them. */
const MAX_NAMES = 200;
const OTHERS = '(others)';

/** Silences that are told. */
const LONGEST = 5;

export interface Summary {
  /** Entries of the file. */
  readonly entries: number;
  /** ms from the first to the last one. */
  readonly duration: number;
  readonly bytes: { readonly sent: number; readonly received: number };
  readonly commands: number;
  /** Commands that got no final result code before the next one. */
  readonly unanswered: Readonly<Record<string, number>>;
  /** By command: from the line to the final result code, and to the result URC. */
  readonly roundTrips: readonly ({
    readonly command: string;
    readonly until: 'final' | 'result';
  } & DurationSummary)[];
  readonly errors: Readonly<Record<string, number>>;
  readonly urcs: Readonly<Record<string, number>>;
  /** Bytes that no line can be made of. */
  readonly noise: number;
  /** The longest ones, longest first: ms, and ms from the start to where each began. */
  readonly silences: readonly { readonly ms: number; readonly from: number }[];
}

/** Counts what a recording holds, in memory that does not grow with it. */
export class Summariser {
  readonly #bytes = { sent: 0, received: 0 };
  readonly #unanswered = new Counts();
  readonly #errors = new Counts();
  readonly #urcs = new Counts();
  readonly #roundTrips = new Map<string, Durations>();
  #silences: { readonly ms: number; readonly from: number }[] = [];
  #entries = 0;
  #commands = 0;
  #noise = 0;
  #elapsed = 0;

  /** `elapsed`: ms from the first entry to this one. */
  entry(item: TraceItem, elapsed: number): void {
    if (item.kind !== 'entry') return;
    const { direction, bytes } = item.entry;
    this.#entries += 1;
    this.#bytes[direction === '>' ? 'sent' : 'received'] += bytes.length;
    const silence = { ms: elapsed - this.#elapsed, from: this.#elapsed };
    this.#elapsed = elapsed;
    if (silence.ms <= (this.#silences[LONGEST - 1]?.ms ?? 0)) return;
    this.#silences = [...this.#silences, silence].sort((a, b) => b.ms - a.ms).slice(0, LONGEST);
  }

  moment({ utterance, mark }: Moment): void {
    if (utterance.kind === 'command') this.#commands += 1;
    if (utterance.kind === 'noise' && !utterance.filler) this.#noise += utterance.bytes;
    if (mark.unanswered !== undefined) this.#unanswered.add(commandName(mark.unanswered));
    if (mark.error !== undefined) this.#errors.add(mark.error);
    if (mark.urc && utterance.kind === 'line') this.#urcs.add(linePrefix(utterance.text) ?? '(text)');
    if (mark.roundTrip !== undefined) this.#roundTrip(mark.roundTrip);
  }

  result(): Summary {
    return {
      entries: this.#entries,
      duration: this.#elapsed,
      bytes: { ...this.#bytes },
      commands: this.#commands,
      unanswered: this.#unanswered.record(),
      roundTrips: [...this.#roundTrips].map(([key, durations]) => {
        const [until = '', command = ''] = key.split('\0');
        return { command, until: until === 'result' ? 'result' : 'final', ...durations.summary() };
      }),
      errors: this.#errors.record(),
      urcs: this.#urcs.record(),
      noise: this.#noise,
      silences: this.#silences,
    };
  }

  #roundTrip({ command, ms, until }: NonNullable<Moment['mark']['roundTrip']>): void {
    const wanted = `${until}\0${command}`;
    const full = this.#roundTrips.size >= 2 * MAX_NAMES && !this.#roundTrips.has(wanted);
    const key = full ? `${until}\0${OTHERS}` : wanted;
    const durations = this.#roundTrips.get(key) ?? new Durations();
    this.#roundTrips.set(key, durations);
    durations.add(ms);
  }
}

class Counts {
  readonly #counts = new Map<string, number>();

  add(name: string): void {
    const key = this.#counts.size < MAX_NAMES || this.#counts.has(name) ? name : OTHERS;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }

  /** The most frequent first. */
  record(): Record<string, number> {
    return Object.fromEntries([...this.#counts].sort(([, a], [, b]) => b - a));
  }
}
