import { Resync } from '../../src/at/resync.js';
import type { ResyncAction, ResyncOptions } from '../../src/at/resync-options.js';

/** What becomes of one command line. */
export interface Fate {
  /** ms that the module takes for it. */
  readonly time: number;
  /** `input`: the module does not hear the line. `answer`: it says nothing. `final`: the final result code is missing. */
  readonly lost?: 'input' | 'answer' | 'final' | undefined;
  /** It says everything twice. */
  readonly doubled?: boolean;
}

export interface Case {
  readonly options: Partial<ResyncOptions>;
  /** ms until the module hears anything: it sleeps or boots. */
  readonly deaf: number;
  /** ms after which the late command is answered; undefined: never. */
  readonly late?: number | undefined;
  /** Proofs are answered with `ERROR`. */
  readonly refuses?: boolean;
  /** Repeats command lines before it answers. */
  readonly echo: boolean;
  /** By command line; the last one holds for all that follow. */
  readonly fates: readonly Fate[];
}

export interface Outcome {
  readonly end: 'in-step' | 'gone';
  /** Command lines sent. */
  readonly lines: number;
  /** ms. */
  readonly time: number;
  /** Lines of the module that came after the end. */
  readonly outstanding: readonly string[];
}

interface Said {
  readonly at: number;
  readonly lines: readonly string[];
}

/** A module that works strictly one command line after the other, in virtual time. */
class SimulatedModule {
  readonly #case: Case;
  readonly #said: Said[] = [];
  #lines = 0;
  #free = 0;

  constructor(each: Case) {
    this.#case = each;
    if (each.late !== undefined) this.#work({ time: each.late }, 0, ['OK']);
  }

  get lines(): number {
    return this.#lines;
  }

  /** When it speaks next. */
  get next(): number {
    return this.#said[0]?.at ?? Number.POSITIVE_INFINITY;
  }

  /** What it has to say next, or all that is left. */
  speak(): readonly string[] {
    return this.#said.shift()?.lines ?? [];
  }

  hear(line: string, now: number): void {
    const { fates, deaf, refuses, echo } = this.#case;
    const fate = fates[Math.min(this.#lines, fates.length - 1)] ?? { time: 0 };
    this.#lines += 1;
    if (now < deaf || fate.lost === 'input') return;
    const name = /^AT(\+\w+)/.exec(line)?.[1];
    const answer = name === undefined ? ['OK'] : refuses ? ['ERROR'] : [`${name}: 1`, 'OK'];
    this.#work(fate, now, echo ? [line, ...answer] : answer);
  }

  #work({ time, lost, doubled }: Fate, now: number, answer: readonly string[]): void {
    this.#free = Math.max(this.#free, now) + time;
    if (lost === 'answer') return;
    const lines = lost === 'final' ? answer.slice(0, -1) : answer;
    this.#said.push({ at: this.#free, lines: doubled ? [...lines, ...lines] : lines });
  }
}

/** Plays the case to its end, in virtual time. */
export function simulate(each: Case): Outcome {
  const module = new SimulatedModule(each);
  const resync = new Resync({ reason: 'attention', tries: 30, interval: 500, ...each.options });
  let now = 0;
  let due = 0;
  let end: Outcome['end'] | undefined;
  const act = (action: ResyncAction) => {
    if (action.type === 'in-step' || action.type === 'gone') end = action.type;
    else if (action.type !== 'stay') {
      due = now + action.wait;
      if (action.type === 'write') module.hear(action.bytes.toString('latin1').trim(), now);
    }
  };
  act(resync.start(now));
  while (end === undefined) {
    now = Math.min(module.next, due);
    // A timer that is due at the same time goes first: the worse order.
    if (due <= now) act(resync.elapsed(now));
    else end = tell(resync, module.speak(), now, act) ?? end;
  }
  const outstanding: string[] = [];
  while (module.next < Number.POSITIVE_INFINITY) outstanding.push(...module.speak());
  return { end, lines: module.lines, time: now, outstanding };
}

/** What came at once is all told, unless it ends the resynchronisation: what is behind that was there already. */
function tell(
  resync: Resync,
  lines: readonly string[],
  now: number,
  act: (action: ResyncAction) => void,
): Outcome['end'] | undefined {
  for (const text of lines) {
    if (!resync.takes({ text })) continue;
    const action = resync.line({ text }, now);
    if (action.type === 'in-step' || action.type === 'gone') return action.type;
    act(action);
  }
  return undefined;
}
