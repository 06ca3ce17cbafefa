import type { Duplex } from 'node:stream';
import { serialError } from './serial-errors.js';
import { SerialStream } from './serial-stream.js';
import type { SerialSettings } from './serial-url.js';

/**
 * Opens a serial port. Each call makes a new `SerialPort`: one that was unplugged never works again. The package is
 * loaded at the first call, so that users of TCP do not pay for it. Rejects as `serialError` says.
 */
export async function openSerial(settings: SerialSettings): Promise<Duplex> {
  const { SerialPort } = await import('serialport');
  const port = new SerialPort({ ...settings, autoOpen: false });
  return new Promise((resolve, reject) => {
    port.open((error) => {
      if (error) reject(serialError(settings.path, error));
      else resolve(new SerialStream(port));
    });
  });
}
