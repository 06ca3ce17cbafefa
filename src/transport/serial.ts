import type { Duplex } from 'node:stream';
import { beatWhileOpen, followEvents } from './poller-events.js';
import { openingError } from './serial-errors.js';
import { SerialPollStream } from './serial-poll-stream.js';
import { SerialStream } from './serial-stream.js';
import type { SerialSettings } from './serial-url.js';

/** What `openWithPoller` and `openWithThreadPool` take. */
type PortSettings = Omit<SerialSettings, 'binding'>;

/** Windows has no poller. */
const USUAL_BINDING = process.platform === 'win32' ? 'stock' : 'poll';

/**
 * Opens a serial port. What a binding needs is loaded at its first call; all of `serialport` costs twice as much as its
 * own binding alone. Rejects as `openingError` says.
 */
export function openSerial({ binding = USUAL_BINDING, ...settings }: SerialSettings): Promise<Duplex> {
  return binding === 'stock' ? openWithThreadPool(settings) : openWithPoller(settings);
}

/** Linux and macOS: the port is opened and configured by the binding of `serialport`, the bytes pass the event loop. */
export async function openWithPoller(settings: PortSettings): Promise<Duplex> {
  const { autoDetect } = await import('@serialport/bindings-cpp');
  try {
    const port = await autoDetect().open(settings);
    if (!('poller' in port)) throw new Error('the binding of this platform has no poller');
    return new SerialPollStream(settings.path, port);
  } catch (error) {
    throw openingError(settings.path, error as Error);
  }
}

/** Every platform: the stream of `serialport`. Each call makes a new one, as one that was unplugged never works again. */
export async function openWithThreadPool(settings: PortSettings): Promise<Duplex> {
  const { SerialPort } = await import('serialport');
  const port = new SerialPort({ ...settings, autoOpen: false });
  return new Promise((resolve, reject) => {
    port.open((error) => {
      if (error) return reject(openingError(settings.path, error));
      if (port.port !== undefined && 'poller' in port.port) followEvents(port.port.poller);
      else beatWhileOpen(port);
      resolve(new SerialStream(port));
    });
  });
}
