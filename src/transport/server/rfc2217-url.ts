import { ArgumentError } from '../../errors/kinds.js';
import { parseSerialUrl, type SerialSettings } from '../serial-url.js';
import type { OutputLines } from '../transport.js';

/** What an RFC 2217 server can be asked to set; it keeps its own configuration for what is left out. */
export type ComPortSettings = Partial<
  Pick<SerialSettings, 'baudRate' | 'dataBits' | 'stopBits' | 'parity' | 'rtscts'>
> &
  OutputLines;

const OF_PORT: readonly string[] = ['baudRate', 'dataBits', 'stopBits', 'parity', 'rtscts'];
const LINES: readonly string[] = ['dtr', 'rts'];

/** The settings in the query of an `rfc2217:` URL, with the names and values of a `serial:` URL. */
export function comPortSettings(url: URL): ComPortSettings {
  const lines: Record<string, boolean> = {};
  const ofPort = new URLSearchParams();
  for (const [key, text] of url.searchParams) {
    if (LINES.includes(key)) lines[key] = parseSwitch(key, text);
    else if (OF_PORT.includes(key)) ofPort.set(key, text);
    else {
      const limit = `left out; settings of an rfc2217: URL are ${[...OF_PORT, ...LINES].join(', ')}`;
      throw new ArgumentError(key, JSON.stringify(text), limit);
    }
  }
  const parsed = Object.entries(parseSerialUrl(new URL(`serial:port?${ofPort}`)));
  // Without the defaults.
  return { ...Object.fromEntries(parsed.filter(([key]) => ofPort.has(key))), ...lines };
}

function parseSwitch(key: string, text: string): boolean {
  if (text !== 'true' && text !== 'false') {
    throw new ArgumentError(key, JSON.stringify(text), 'one of true, false');
  }
  return text === 'true';
}
