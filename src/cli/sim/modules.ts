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

/** The first simulated module's, which is the simulator's own unless another is given. */
const FIRST = '861326070275653';

/**
 * The IMEI of the simulated module at this place: `first`, then TAC and serial number counted up from it, with their
 * check digit, 3GPP TS 23.003 annex B.
 */
export function imeiAt(index: number, first = FIRST): string {
  return index === 0 ? first : withCheckDigit(String(Number(first.slice(0, 14)) + index).padStart(14, '0'));
}

/** All but the check digit of the simulator's own SIM. */
const BASE = 8986042210228001234n;

/** The ICCID in the simulated module at this place, from the second one on: 19 digits and their check digit, ITU-T E.118. */
export function iccidAt(index: number): string {
  return withCheckDigit(String(BASE + BigInt(index)));
}

/** The digits and their check digit: ISO/IEC 7812-1 annex B, as in 3GPP TS 23.003 annex B (IMEI) and ITU-T E.118 (ICCID). */
export function withCheckDigit(digits: string): string {
  let sum = 0;
  for (const [place, digit] of [...digits].reverse().entries()) {
    const value = Number(digit) * (place % 2 === 0 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return digits + String((10 - (sum % 10)) % 10);
}
