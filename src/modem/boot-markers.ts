import type { BootMarker } from '../at/channel.js';
import type { BootLines } from './module-kind.js';

/** The first quote of a response, a URC or an echoed command line: what stands behind it can come from anybody. */
const FREE_TEXT = /(?:AT|\+)[A-Z0-9_+]+[:=][^"]*"/;

/** How sure it is that the line tells of a restart or a power-down, or undefined. Garbage around it does no harm. */
export function bootMarker(line: string, boot: BootLines): BootMarker | undefined {
  const text = withoutFreeText(line);
  const has = (part: string): boolean => text.includes(part);
  if (boot.starting.some(has) || boot.powerDown.some(has) || boot.ready.includes(text)) return 'certain';
  return boot.banners.some(has) ? 'likely' : undefined;
}

/** Whether a boot marker says that the module powers down; it may or may not come back. */
export function isPowerDown(marker: string, boot: BootLines): boolean {
  const text = withoutFreeText(marker);
  return boot.powerDown.some((part) => text.includes(part));
}

/** A topic or a payload with a marker in it must not look like a restart. */
function withoutFreeText(line: string): string {
  const match = FREE_TEXT.exec(line);
  return match === null ? line : line.slice(0, match.index + match[0].length);
}
