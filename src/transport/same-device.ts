import { realpath } from 'node:fs/promises';
import type { Duplex } from 'node:stream';
import { deviceReturns } from './device-return.js';
import { byIdLinks } from './list-ports.js';
import { openTransport, serialPath, type TransportSource } from './open.js';
import type { OpenOptions } from './open-within.js';

/** Names that Linux gives in the order of plugging in: `/dev/ttyUSB0` can be another device next time. */
const NUMBERED_DEVICE = /\/tty(?:USB|ACM)\d+$/;

/**
 * A source that is opened again and again. A numbered USB port is the same device each time: the link of udev that
 * points to it at the first open is what is opened later, whatever number the device has got by then. Without such a
 * link the number has to do.
 */
export class SameDevice {
  readonly #source: TransportSource;
  readonly #folders: readonly string[];
  #linked: TransportSource | undefined;

  /** `folders`: where links are looked for, the first one that has one counts. */
  constructor(source: TransportSource, folders: readonly string[] = LINK_FOLDERS) {
    this.#source = source;
    this.#folders = folders;
  }

  /** Rejects as `openTransport`. */
  async open(options: OpenOptions = {}): Promise<Duplex> {
    if (this.#linked !== undefined) return openTransport(this.#linked, options);
    const linked = await linkedSource(this.#source, this.#folders);
    const stream = await openTransport(this.#source, options);
    this.#linked = linked;
    return stream;
  }

  /** Resolves when a serial device that is away is plugged in; never for other sources, nor when the signal fires. */
  async returns(signal: AbortSignal): Promise<void> {
    const path = serialPath(this.#linked ?? this.#source);
    await (path === undefined ? new Promise<never>(() => {}) : deviceReturns(path, signal));
  }
}

/** The same source by its link, with the same settings; undefined if it is no numbered port, or has no link. */
async function linkedSource(
  source: TransportSource,
  folders: readonly string[],
): Promise<TransportSource | undefined> {
  if (typeof source !== 'string') return undefined;
  if (source.startsWith('/')) return NUMBERED_DEVICE.test(source) ? linkTo(source, folders) : undefined;
  const url = /^serial:/i.test(source) && URL.canParse(source) ? new URL(source) : undefined;
  if (url === undefined || !NUMBERED_DEVICE.test(url.pathname)) return undefined;
  const link = await linkTo(url.pathname, folders);
  return link === undefined ? undefined : `serial://${encodePath(link)}${url.search}`;
}

function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

/** Where udev keeps links to serial ports: by what the device is, and by the socket that it is plugged into. */
const LINK_FOLDERS: readonly string[] = ['/dev/serial/by-id', '/dev/serial/by-path'];

/** The link to the device in the first folder that has one; undefined if there is none, or no such device. */
export async function linkTo(
  device: string,
  folders: readonly string[] = LINK_FOLDERS,
): Promise<string | undefined> {
  const path = await realpath(device).catch(() => undefined);
  if (path === undefined) return undefined;
  for (const folder of folders) {
    const link = (await byIdLinks(folder)).get(path);
    if (link !== undefined) return link;
  }
  return undefined;
}
