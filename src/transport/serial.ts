import type { Duplex } from 'node:stream';
import { serialError } from './serial-errors.js';
import { SerialPollStream } from './serial-poll-stream.js';
import { SerialStream } from './serial-stream.js';
import type { SerialSettings } from './serial-url.js';

/**
 * Opens a serial port. The package `serialport` is loaded at the first call, so that users of TCP do not pay for it.
 * Rejects as `serialError` says.
 */
export function openSerial(settings: SerialSettings): Promise<Duplex> {
  return process.platform === 'win32' ? openWithThreadPool(settings) : openWithPoller(settings);
}

/** Linux and macOS: the port is opened and configured by the binding of `serialport`, the bytes pass the event loop. */
export async function openWithPoller(settings: SerialSettings): Promise<Duplex> {
  const { SerialPort } = await import('serialport');
  try {
    const port = await SerialPort.binding.open(settings);
    if (!('poller' in port)) throw new Error('the binding of this platform has no poller');
    return new SerialPollStream(settings.path, port);
  } catch (error) {
    throw serialError(settings.path, error as Error);
  }
}

/** Every platform: the stream of `serialport`. Each call makes a new one, as one that was unplugged never works again. */
export async function openWithThreadPool(settings: SerialSettings): Promise<Duplex> {
  const { SerialPort } = await import('serialport');
  const port = new SerialPort({ ...settings, autoOpen: false });
  return new Promise((resolve, reject) => {
    port.open((error) => {
      if (error) reject(serialError(settings.path, error));
      else resolve(new SerialStream(port));
    });
  });
}
