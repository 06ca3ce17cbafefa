import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { SerialServerError } from '../../errors/kinds.js';
import { ModemError } from '../../errors/modem-error.js';
import { onAbort } from '../../util/abort.js';
import { delay } from '../../util/delay.js';
import type { OpenOptions } from '../open-within.js';
import { type ComPortSettings, comPortSettings } from './rfc2217-url.js';
import { connectSocket, serverAddress, serverName } from './tcp.js';
import { TelnetStream } from './telnet-stream.js';

/** ms that a server may take to agree to the control of its port; less if opening has less time. */
const AGREEMENT_LIMIT = 5_000;

/** Of a server that closes the connection. */
const IN_USE = /\bin use\b|\bbusy\b/i;

/** Opens `telnet://host:port`, a serial server whose settings are its own. Rejects as `tcpError` says. */
export async function openTelnet(url: URL, options: OpenOptions): Promise<Duplex> {
  return new TelnetStream(serverName(url), await connectSocket(url, options), false);
}

/**
 * Opens `rfc2217://host:port?baudRate=9600`, and makes the settings of the URL. Rejects as `tcpError` says, and with
 * `ArgumentError`, `PORT_BUSY` or `PORT_FAILED` for a server that closes the connection, does not know RFC 2217, or does
 * not confirm a setting.
 */
export async function openRfc2217(url: URL, options: OpenOptions): Promise<Duplex> {
  const settings = comPortSettings(url);
  const stream = new TelnetStream(serverName(url), await connectSocket(url, options), true);
  let lost: Error | undefined;
  const onError = (error: Error) => {
    lost = error;
  };
  stream.on('error', onError);
  const forget = onAbort(options.signal, () => stream.destroy());
  try {
    await takeControl(stream, url, settings, options);
    stream.off('error', onError);
    return stream;
  } catch (error) {
    stream.destroy();
    // The reason of a loss comes before.
    if (!stream.closed) await once(stream, 'close').catch(() => {});
    throw openingError(lost ?? (error as Error));
  } finally {
    forget();
  }
}

async function takeControl(
  stream: TelnetStream,
  url: URL,
  settings: ComPortSettings,
  { timeout = 2 * AGREEMENT_LIMIT }: OpenOptions,
): Promise<void> {
  await agreement(stream, Math.min(AGREEMENT_LIMIT, timeout / 2));
  if (stream.controlsPort !== true && !stream.destroyed) throw refusal(stream, url);
  await stream.comPort?.apply(settings);
  if (stream.destroyed) throw new ModemError('PORT_CLOSED', `${serverName(url)}: closed by the other side`);
}

/** Resolves when the server has agreed or refused, is gone, or after `limit` ms. */
async function agreement(stream: TelnetStream, limit: number): Promise<void> {
  const decided = new AbortController();
  const look = () => {
    if (stream.controlsPort !== undefined || stream.destroyed) decided.abort();
  };
  stream.on('option', look).once('close', look);
  look();
  await delay(limit, decided.signal);
  stream.off('option', look).off('close', look);
}

function refusal({ speaksTelnet }: TelnetStream, url: URL): SerialServerError {
  const why = speaksTelnet ? 'does not know RFC 2217, or does not allow it' : 'does not speak telnet';
  const instead = `${speaksTelnet ? 'telnet' : 'tcp'}://${serverAddress(url)}`;
  return new SerialServerError(
    'PORT_FAILED',
    `${serverName(url)}: the serial server ${why}: use ${instead}, and set the rate in its configuration`,
    { instead: [instead] },
  );
}

/** A connection that is lost before it was handed out is a port that could not be opened. */
function openingError(error: Error): Error {
  if (!(error instanceof ModemError) || error.code !== 'PORT_CLOSED') return error;
  if (!(error instanceof SerialServerError)) {
    return new ModemError('PORT_FAILED', error.message, { cause: error });
  }
  const code = IN_USE.test(error.said) ? 'PORT_BUSY' : 'PORT_FAILED';
  return new SerialServerError(code, error.message, { said: error.said }, { cause: error });
}
