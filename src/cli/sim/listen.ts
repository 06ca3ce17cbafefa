import { resolve } from 'node:path';
import { ArgumentError } from '../../errors/kinds.js';
import { ModemError } from '../../errors/modem-error.js';
import type { SimOptions } from './command.js';

/** What each simulated module listens on, as `SimulatedModem.start` takes it. Throws `INVALID_ARGUMENT`. */
export function listenUrls({ tcp, pty, count }: Pick<SimOptions, 'tcp' | 'pty' | 'count'>): string[] {
  if ((tcp === undefined) === (pty === undefined)) {
    throw new ModemError('INVALID_ARGUMENT', 'give either --tcp host:port or --pty path');
  }
  const numbers = Array.from({ length: count }, (_, index) => index);
  if (pty !== undefined) {
    const path = resolve(pty);
    return numbers.map((index) => `pty:${path}${count === 1 ? '' : index + 1}`);
  }
  const { host, port } = tcpAddress(tcp ?? '');
  if (port + count - 1 > 65535) throw new ArgumentError('tcp', `port ${port} for ${count} modules`, 'lower');
  return numbers.map((index) => `tcp://${host}:${port === 0 ? 0 : port + index}`);
}

/** `host:port`, with or without `tcp://` in front; a bare port is one of this machine. */
function tcpAddress(text: string): { readonly host: string; readonly port: number } {
  const match = /^(?:tcp:\/\/)?(?:(\[[0-9a-f:.]+\]|[^:/[\]]+):)?(\d{1,5})$/i.exec(text);
  if (match === null) throw new ArgumentError('tcp', JSON.stringify(text), 'host:port');
  return { host: match[1] ?? '127.0.0.1', port: Number(match[2]) };
}
