import type { Identity } from '../../modem/identity.js';
import { told } from '../../modem/if-supported.js';
import type { Modem } from '../../modem/modem.js';
import { ACCESS_TECHNOLOGIES, REGISTRATION_SENTENCES, type Registration } from '../../modem/registration.js';
import { SIGNAL_SENTENCES, type Signal } from '../../modem/signal.js';
import { SIM_SENTENCES, type SimStatus } from '../../modem/sim.js';
import { alignColumns } from '../terminal.js';

/** What the module tells of itself; undefined is what it does not tell. */
interface Facts {
  readonly identity: Identity;
  readonly sim: SimStatus | undefined;
  readonly registration: Registration | undefined;
  readonly signal: Signal | undefined;
  readonly address: string | undefined;
  readonly clock: Date | undefined;
  /** Why something could not be read, by its name as in `--json`. */
  readonly problems: Readonly<Record<string, string>>;
}

/** Asks everything, each part for itself: what the module refuses, answers strangely or late is left out. */
export async function readFacts(modem: Modem, signal: AbortSignal): Promise<Facts> {
  const limits = { signal };
  const problems: Record<string, string> = {};
  const ask = async <V>(name: string, request: Promise<V>): Promise<V | undefined> => {
    const { value, problem } = await told(request);
    if (problem !== undefined) problems[name] = problem.message;
    return value;
  };
  const identity = await modem.identity(limits);
  return {
    identity,
    sim: await ask('sim', modem.sim(limits)),
    registration: await ask('registration', modem.registration(limits)),
    signal: await ask('signal', modem.signal({ ...limits, sinr: true })),
    address: await ask('address', modem.address(limits)),
    clock: await ask('clock', modem.clock(limits)),
    problems: { ...identity.problems, ...problems },
  };
}

const UNKNOWN = 'unknown';

/** One line a fact, for people; what is unknown with the reason. */
export function factLines({
  identity,
  sim,
  registration,
  signal,
  address,
  clock,
  problems,
}: Facts): string[] {
  const row = (label: string, name: string, text: string | undefined): [string, string] => {
    const why = problems[name];
    return [label, text || (why === undefined ? UNKNOWN : `${UNKNOWN}: ${why}`)];
  };
  return alignColumns([
    row('manufacturer', 'manufacturer', identity.manufacturer),
    row('model', 'model', identity.model),
    row('revision', 'revision', identity.revision),
    row('firmware', 'firmware', identity.firmware),
    row('IMEI', 'imei', identity.imei),
    row('IMSI', 'imsi', identity.imsi),
    row('ICCID', 'iccid', identity.iccid),
    row('SIM', 'sim', sim && `${SIM_SENTENCES[sim.state]} (${sim.raw})`),
    row('network', 'registration', registration && registrationText(registration)),
    row('signal', 'signal', signal && signalText(signal)),
    row('address', 'address', address),
    row('clock', 'clock', clock?.toISOString()),
  ]);
}

/** The same as one object; `null` is what the module does not tell, `problems` says why, if that is known. */
export function factRecord(
  port: string,
  { identity, sim, registration, signal, address, clock, problems }: Facts,
): object {
  return {
    port,
    manufacturer: identity.manufacturer || null,
    model: identity.model || null,
    revision: identity.revision || null,
    firmware: identity.firmware ?? null,
    imei: identity.imei ?? null,
    imsi: identity.imsi ?? null,
    iccid: identity.iccid ?? null,
    sim: sim ?? null,
    registration: registration ?? null,
    signal: signal === undefined ? null : signalRecord(signal),
    address: address ?? null,
    clock: clock?.toISOString() ?? null,
    ...(Object.keys(problems).length === 0 ? {} : { problems }),
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
