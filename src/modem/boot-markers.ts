import type { BootMarker } from '../at/channel.js';

/** The chip's ROM, cannot be switched off; often glued to garbage. lmqtt.md 7 [T]. */
const BOOT_ROM = "^boot.rom'v";

/** lmqtt.md 7 [T]. */
const POWER_DOWN = 'NORMAL POWER DOWN';

/** What related firmware prints when it is up, as whole lines. lmqtt.md 7. */
const READY_LINES: readonly string[] = ['RDY', 'ECRDY'];

/** Field code takes a line with it as a restart [C]; it is also what `AT+CGMI` answers, so it gives way to that. */
const BANNER = 'Lierda';

/** The first quote of a response, a URC or an echoed command line: what stands behind it can come from anybody. */
const FREE_TEXT = /(?:AT|\+)[A-Z0-9_+]+[:=][^"]*"/;

/** How sure it is that the line tells of a restart or a power-down, or undefined. Garbage around it does no harm. */
export function bootMarker(line: string): BootMarker | undefined {
  const text = withoutFreeText(line);
  if (text.includes(BOOT_ROM) || text.includes(POWER_DOWN) || READY_LINES.includes(text)) return 'certain';
  return text.includes(BANNER) ? 'likely' : undefined;
}

/** Whether a boot marker says that the module powers down; it may or may not come back. */
export function isPowerDown(marker: string): boolean {
  return withoutFreeText(marker).includes(POWER_DOWN);
}

/** A topic or a payload with a marker in it must not look like a restart. */
function withoutFreeText(line: string): string {
  const match = FREE_TEXT.exec(line);
  return match === null ? line : line.slice(0, match.index + match[0].length);
}
