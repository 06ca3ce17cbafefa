import type { BootMarker } from '../at/channel.js';
import type { BootLines } from './module-kind.js';

/** The first quote of a response, a URC or an echoed command line: what stands behind it can come from anybody. */
const FREE_TEXT = /(?:AT|\+)[A-Z0-9_+]+[:=][^"]*"/;

/** Reads what modules print by themselves: every line passes here, so the expressions are made once. */
export class BootReader {
  readonly #certain: RegExp;
  readonly #powerDown: RegExp;
  readonly #likely: RegExp;

  constructor({ starting, powerDown, ready, banners }: BootLines) {
    const whole = ready.map((line) => `^${escaped(line)}$`);
    this.#certain = anyOf([...starting.map(escaped), ...powerDown.map(escaped), ...whole]);
    this.#powerDown = anyOf(powerDown.map(escaped));
    this.#likely = anyOf(banners.map(escaped));
  }

  /** How sure it is that the line tells of a restart or a power-down, or undefined. Garbage around it does no harm. */
  marker(line: string): BootMarker | undefined {
    // Most lines hold nothing of the kind, wherever it may be.
    const certain = this.#certain.test(line);
    if (!certain && !this.#likely.test(line)) return undefined;
    const text = withoutFreeText(line);
    if (certain && this.#certain.test(text)) return 'certain';
    return this.#likely.test(text) ? 'likely' : undefined;
  }

  /** Whether a boot marker says that the module powers down; it may or may not come back. */
  isPowerDown(marker: string): boolean {
    return this.#powerDown.test(withoutFreeText(marker));
  }
}

/** A topic or a payload with a marker in it must not look like a restart. */
function withoutFreeText(line: string): string {
  const match = FREE_TEXT.exec(line);
  return match === null ? line : line.slice(0, match.index + match[0].length);
}

/** Without parts, one that nothing fits. */
function anyOf(parts: readonly string[]): RegExp {
  return new RegExp(parts.length === 0 ? '(?!)' : parts.join('|'));
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
