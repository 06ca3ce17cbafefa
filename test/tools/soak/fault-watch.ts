import type { SimulatedModem } from '../../../src/simulator/simulated-modem.js';

/** Faults under which the RECV line of a downlink may not reach the driver, though the module has acknowledged it. */
const LOSES_OUTPUT = ['lost-lines', 'lost-bytes', 'corrupt', 'silent', 'unplug', 'power-off', 'reboot'];

/** Faults that damage a line so that the digester waits for bytes which are no part of it. */
const DAMAGES_OUTPUT = ['lost-bytes', 'corrupt'];

/**
 * Faults under which an uplink can be lost for good: the serial line has no checksum, so a command line or a result
 * can turn into another one that is as good.
 */
const DAMAGES_UPLINKS = ['corrupt', 'lost-input'];

/** Spans kept: more than a run has. */
const KEPT = 10_000;

interface Span {
  readonly name: string;
  readonly from: number;
  until: number;
}

/** When which fault was on, by `performance.now()`. */
export class FaultWatch {
  readonly counts: Record<string, number> = {};
  #spans: Span[] = [];

  constructor(modem: SimulatedModem) {
    modem.on('fault', (spec, on) => this.#note(spec.replace(/=.*/, ''), on));
  }

  get total(): number {
    return Object.values(this.counts).reduce((sum, count) => sum + count, 0);
  }

  /** The fault by which a downlink that the module acknowledged then did not come over the serial line, if any. */
  losingOutput(acknowledged: number): string | undefined {
    // Slow output can be late by seconds.
    return this.#during(LOSES_OUTPUT, acknowledged - 1_000, acknowledged + 30_000);
  }

  /** The fault by which a downlink that came over the line whole was taken for part of a damaged one, if any. */
  damagingOutput(came: number): string | undefined {
    // The longest that the digester waits for a counted payload is 2 s and 2 ms a byte.
    return this.#during(DAMAGES_OUTPUT, came - 20_000, came + 1_000);
  }

  damagingUplinks(from: number, until: number): string | undefined {
    return this.#during(DAMAGES_UPLINKS, from, until);
  }

  #during(names: readonly string[], from: number, until: number): string | undefined {
    return this.#spans.find((span) => names.includes(span.name) && span.from <= until && from <= span.until)
      ?.name;
  }

  #note(name: string, on: boolean): void {
    const now = performance.now();
    if (!on) {
      const open = this.#spans.findLast((span) => span.name === name);
      if (open !== undefined) open.until = now;
      return;
    }
    this.counts[name] = (this.counts[name] ?? 0) + 1;
    const momentary = ['reboot', 'drop-broker', 'session-dead'].includes(name);
    this.#spans.push({ name, from: now, until: momentary ? now : Number.POSITIVE_INFINITY });
    if (this.#spans.length > KEPT) this.#spans.shift();
  }
}
