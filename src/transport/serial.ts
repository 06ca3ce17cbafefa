import type { Duplex } from 'node:stream';
import { ModemError } from '../errors/modem-error.js';
import { beatWhileOpen, followEvents } from './poller-events.js';
import { type JustOpened, prepareLines } from './prepare-lines.js';
import { openingError } from './serial-errors.js';
import { SerialPollStream } from './serial-poll-stream.js';
import { SerialStream } from './serial-stream.js';
import type { SerialSettings } from './serial-url.js';
import type { OutputLines } from './transport.js';

/** What `openWithPoller` and `openWithThreadPool` take. */
type PortSettings = Omit<SerialSettings, 'binding'>;

/** Windows has no poller. */
const USUAL_BINDING = process.platform === 'win32' ? 'stock' : 'poll';

/**
 * Opens a serial port. What a binding needs is loaded at its first call; all of `serialport` costs twice as much as its
 * own binding alone. Rejects as `openingError` and `prepareLines` say.
 */
export function openSerial({ binding = USUAL_BINDING, ...settings }: SerialSettings): Promise<Duplex> {
  return binding === 'stock' ? openWithThreadPool(settings) : openWithPoller(settings);
}

/** Linux and macOS: the port is opened and configured by the binding of `serialport`, the bytes pass the event loop. */
async function openWithPoller(settings: PortSettings): Promise<Duplex> {
  const { autoDetect } = await import('@serialport/bindings-cpp');
  const port = await autoDetect()
    .open(settings)
    .catch((error: Error) => {
      throw openingError(settings.path, error);
    });
  const outputs = await prepared(port, settings);
  if ('poller' in port) return new SerialPollStream(settings.path, port, outputs);
  await port.close();
  throw new ModemError('PORT_FAILED', `${settings.path}: this platform needs binding=stock`);
}

/** Every platform: the stream of `serialport`. Each call makes a new one, as one that was unplugged never works again. */
export async function openWithThreadPool(settings: PortSettings): Promise<Duplex> {
  const { SerialPort } = await import('serialport');
  const stream = new SerialPort({ ...settings, autoOpen: false });
  await new Promise<void>((resolve, reject) => {
    stream.open((error) => (error ? reject(openingError(settings.path, error)) : resolve()));
  });
  const { port } = stream;
  if (port === undefined) throw new Error('an open port of serialport has no port');
  const outputs = await prepared(port, settings);
  if ('poller' in port) followEvents(port.poller);
  else beatWhileOpen(stream);
  return new SerialStream(stream, outputs);
}

/** The lines as they are after `prepareLines`; if that fails, the port is closed. */
async function prepared(
  port: JustOpened & { close(): Promise<void> },
  settings: PortSettings,
): Promise<OutputLines> {
  try {
    return await prepareLines(port, settings);
  } catch (error) {
    await port.close().catch(() => {});
    throw error;
  }
}
