import type { Cell } from '../../at/commands/lierda.js';
import type { PdpAddress } from '../../at/commands/pdp.js';
import type { RegistrationLocation } from '../../at/commands/registration.js';
import type { ExtendedSignalQuality, SignalQuality } from '../../at/commands/signal.js';
import { ACCESS_TECHNOLOGIES, decodeRegistration, REGISTRATION_SENTENCES } from '../../modem/registration.js';
import { rsrpToDbm, rsrqToDb, rssiToDbm, signalLevel } from '../../modem/signal.js';

/** What the codes of network and radio mean, in a few words. */
export function signalWords({ rssi: code }: SignalQuality): string {
  const rssi = rssiToDbm(code);
  if (rssi === undefined) return 'no signal is measured';
  return `${rssi} dBm, ${signalLevel({ rssi, rsrp: undefined })}`;
}

export function extendedSignalWords(codes: ExtendedSignalQuality): string {
  const rsrp = rsrpToDbm(codes.rsrp);
  const rsrq = rsrqToDb(codes.rsrq);
  if (rsrp === undefined) return 'no LTE signal is measured';
  const quality = rsrq === undefined ? [] : [`RSRQ ${rsrq} dB`];
  return [`RSRP ${rsrp} dBm`, ...quality, signalLevel({ rssi: undefined, rsrp })].join(', ');
}

export function registrationWords(location: RegistrationLocation): string {
  const { status, tac, cell, act } = decodeRegistration(location);
  return [
    REGISTRATION_SENTENCES[status],
    ...(act === undefined ? [] : [ACCESS_TECHNOLOGIES.get(act) ?? `AcT ${act}`]),
    ...(tac === undefined ? [] : [`tracking area ${hexadecimal(tac)}`]),
    ...(cell === undefined ? [] : [`cell ${hexadecimal(cell)}`]),
  ].join(', ');
}

export function cellWords(cells: readonly Cell[]): string {
  return cells
    .map(({ kind, technology, mcc, mnc, cell, rsrp, rsrq, snr }) =>
      [
        `${kind} cell${cell === undefined ? '' : ` ${hexadecimal(cell)}`} of network ${mcc}-${mnc}, ${technology}`,
        ...(rsrp === undefined ? [] : [`RSRP ${rsrp} dBm`]),
        ...(rsrq === undefined ? [] : [`RSRQ ${rsrq} dB`]),
        ...(snr === undefined ? [] : [`SNR ${snr} dB`]),
      ].join(', '),
    )
    .join('; ');
}

export function addressWords(contexts: readonly PdpAddress[]): string {
  return contexts
    .map(({ context, addresses }) => `context ${context}: ${addresses.join(' and ') || 'no address'}`)
    .join('; ');
}

/** As networks and their planners write these. */
function hexadecimal(value: number): string {
  return value.toString(16).toUpperCase();
}
