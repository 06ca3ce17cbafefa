import { ACCESS_TECHNOLOGIES, REGISTRATION_SENTENCES, type Registration } from '../../modem/registration.js';
import { SIGNAL_SENTENCES, type Signal } from '../../modem/signal.js';
import { SIM_SENTENCES } from '../../modem/sim.js';
import { alignColumns } from '../text-table.js';
import type { Facts } from './facts.js';

const UNKNOWN = 'unknown';

/** One line a fact, for people. */
export function factLines({ identity, sim, registration, signal, address, clock }: Facts): string[] {
  return alignColumns([
    ['manufacturer', identity?.manufacturer || UNKNOWN],
    ['model', identity?.model || UNKNOWN],
    ['revision', identity?.revision || UNKNOWN],
    ['firmware', identity?.firmware ?? UNKNOWN],
    ['IMEI', identity?.imei ?? UNKNOWN],
    ['IMSI', identity?.imsi ?? UNKNOWN],
    ['ICCID', identity?.iccid ?? UNKNOWN],
    ['SIM', sim === undefined ? UNKNOWN : `${SIM_SENTENCES[sim.state]} (${sim.raw})`],
    ['network', registration === undefined ? UNKNOWN : registrationText(registration)],
    ['signal', signal === undefined ? UNKNOWN : signalText(signal)],
    ['address', address ?? UNKNOWN],
    ['clock', clock?.toISOString() ?? UNKNOWN],
  ]);
}

/** The same as one object; `null` is what the module does not tell. */
export function factRecord(
  port: string,
  { identity, sim, registration, signal, address, clock }: Facts,
): object {
  return {
    port,
    manufacturer: identity?.manufacturer || null,
    model: identity?.model || null,
    revision: identity?.revision || null,
    firmware: identity?.firmware ?? null,
    imei: identity?.imei ?? null,
    imsi: identity?.imsi ?? null,
    iccid: identity?.iccid ?? null,
    sim: sim ?? null,
    registration: registration ?? null,
    signal: signal === undefined ? null : signalRecord(signal),
    address: address ?? null,
    clock: clock?.toISOString() ?? null,
  };
}

/** Whether and where the module is registered, on one line. */
export function registrationText({ status, tac, cell, act }: Registration): string {
  const technology = act === undefined ? undefined : (ACCESS_TECHNOLOGIES.get(act) ?? `AcT ${act}`);
  const details = [
    ...(technology === undefined ? [] : [technology]),
    ...(tac === undefined ? [] : [`tracking area ${hex(tac)}`]),
    ...(cell === undefined ? [] : [`cell ${hex(cell)}`]),
  ];
  return [REGISTRATION_SENTENCES[status], ...details].join(', ');
}

function signalText({ rssi, rsrp, rsrq, sinr, quality }: Signal): string {
  const values = [
    `RSSI ${measure(rssi, 'dBm')}`,
    `RSRP ${measure(rsrp, 'dBm')}`,
    `RSRQ ${measure(rsrq, 'dB')}`,
    ...(sinr === undefined ? [] : [`SINR ${measure(sinr, 'dB')}`]),
  ];
  return `${SIGNAL_SENTENCES[quality]} (${values.join(', ')})`;
}

/** The signal with `null` for what the module does not tell. */
export function signalRecord({ rssi, rsrp, rsrq, sinr, quality }: Signal): object {
  return { quality, rssi: rssi ?? null, rsrp: rsrp ?? null, rsrq: rsrq ?? null, sinr: sinr ?? null };
}

function measure(value: number | undefined, unit: string): string {
  return value === undefined ? UNKNOWN : `${value} ${unit}`;
}

/** As networks and their planners write these. */
function hex(value: number): string {
  return value.toString(16).toUpperCase();
}
