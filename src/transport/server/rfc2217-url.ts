import { parseSettings, type SerialSettings } from '../serial-url.js';
import type { OutputLines } from '../transport.js';

/** What an RFC 2217 server can be asked to set; it keeps its own configuration for what is left out. */
export type ComPortSettings = Partial<
  Pick<SerialSettings, 'baudRate' | 'dataBits' | 'stopBits' | 'parity' | 'rtscts'>
> &
  OutputLines;

const KEYS = ['baudRate', 'dataBits', 'stopBits', 'parity', 'rtscts', 'dtr', 'rts'] as const;

/** The settings in the query of an `rfc2217:` URL, with the names and values of a `serial:` URL. */
export function comPortSettings(url: URL): ComPortSettings {
  return parseSettings(url.searchParams, KEYS, 'settings of an rfc2217: URL') as ComPortSettings;
}
