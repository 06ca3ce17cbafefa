import { parseFinalResult } from '../../at/result-codes.js';
import { maskSecrets } from '../../errors/secrets.js';
import type { TraceItem } from '../../transport/trace-reader.js';
import { foldBytes } from '../../util/escape.js';
import { seededRandom } from '../../util/random.js';
import { alignColumns } from '../terminal.js';
import { commandName, linePrefix, type Moment } from './playback.js';

/** Distinct names that are counted by themselves; garbage can look like any number of them. */
const MAX_NAMES = 200;
const OTHERS = '(others)';

/** Silences that are told. */
const LONGEST = 5;

interface Summary {
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

/** Values that are kept: with more of them the percentiles are those of a random sample. */
const KEPT = 4096;

interface DurationSummary {
  readonly count: number;
  /** ms, each. */
  readonly median: number;
  readonly p95: number;
  readonly max: number;
}

/** Times in ms. The memory does not grow with their number; up to 4096 of them the percentiles are exact. */
export class Durations {
  readonly #values: number[] = [];
  /** The same sample for the same recording. */
  readonly #random = seededRandom(1);
  #count = 0;
  #max = 0;

  add(ms: number): void {
    this.#count += 1;
    this.#max = Math.max(this.#max, ms);
    const place = this.#count <= KEPT ? this.#count - 1 : Math.floor(this.#random() * this.#count);
    if (place < KEPT) this.#values[place] = ms;
  }

  summary(): DurationSummary {
    const sorted = [...this.#values].sort((a, b) => a - b);
    const percentile = (share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
    return { count: this.#count, median: percentile(0.5), p95: percentile(0.95), max: this.#max };
  }
}

/** A summary for people, without the last line end. */
export function summaryText(summary: Summary): string {
  const { entries, duration, bytes, commands, roundTrips, noise, silences } = summary;
  const total = [
    `${entries} entries in ${seconds(duration)}, ${bytes.sent} bytes sent, ${bytes.received} received`,
    `${commands} commands${noise === 0 ? '' : `, ${noise} bytes that no line can be made of`}`,
  ];
  const times = roundTrips.map(({ command, until, count, median, p95, max }) => [
    `  ${shown(command)}${until === 'result' ? ' to its result' : ''}`,
    ...[String(count), ...[median, p95, max].map((ms) => `${ms.toFixed(0)} ms`)],
  ]);
  return [
    ...total,
    ...section('round trips', [['  command', 'count', 'median', 'p95', 'max'], ...times], times.length),
    ...counts('without an answer', summary.unanswered),
    ...counts('errors', summary.errors, errorWords),
    ...counts('URCs', summary.urcs),
    ...section(
      'longest silences',
      silences.map(({ ms, from }) => [`  ${seconds(ms)}`, `from +${(from / 1000).toFixed(3)}`]),
      silences.length,
    ),
  ].join('\n');
}

function counts(title: string, record: Readonly<Record<string, number>>, words = shown): string[] {
  const rows = Object.entries(record).map(([name, count]) => [`  ${words(name)}`, String(count)]);
  return section(title, rows, rows.length);
}

/** Nothing where there is nothing to tell. */
function section(title: string, rows: readonly (readonly string[])[], filled: number): string[] {
  return filled === 0 ? [] : ['', title, ...alignColumns(rows)];
}

function errorWords(error: string): string {
  const meaning = /\d$/.test(error) ? parseFinalResult(error)?.meaning : undefined;
  return meaning === undefined ? shown(error) : `${error} (${meaning})`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(3)} s`;
}

function shown(text: string): string {
  return foldBytes(maskSecrets(text));
}
