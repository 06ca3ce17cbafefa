import { ModemError } from '../../../errors/modem-error.js';
import type { Ledger } from '../../../provisioning/ledger/ledger.js';
import type { AuditRecord } from '../../../provisioning/ledger/ledger-types.js';
import { parsePort } from '../../../provisioning/station/station-port.js';
import { EXIT, type ExitCode } from '../../exit-codes.js';
import type { Invocation } from '../../invocation.js';
import { alignColumns, localTimeMs, onOneLine } from '../../terminal.js';
import { withLedger } from '../open-ledger.js';
import type { AuditOptions } from './command.js';

export async function run(options: AuditOptions, { output }: Invocation): Promise<ExitCode> {
  const trail = await withLedger(options, (ledger) => auditTrail(ledger, options.name));
  if (trail.length === 0) {
    const name = JSON.stringify(options.name);
    throw new ModemError('NOT_PROVISIONED', `the ledger knows no module and no triple of the name ${name}`);
  }
  if (options.json === true) for (const entry of trail) await output.json(auditRecord(entry));
  else for (const line of alignColumns(trail.map(auditColumns))) await output.line(line);
  return EXIT.DONE;
}

/**
 * All that is known of the name, as an IMEI and as a device name: with dynamic registration one may be the other. In the
 * order of the ledger; only what neither of the two tells alone is put together by its time.
 */
export function auditTrail(ledger: Pick<Ledger, 'audit'>, name: string): AuditRecord[] {
  const parts = [ledger.audit({ imei: name }), ledger.audit({ deviceName: name })];
  const all = new Map(parts.flat().map((entry) => [JSON.stringify(auditRecord(entry)), entry]));
  const whole = parts.find((part) => part.length === all.size);
  return whole ?? [...all.values()].sort((a, b) => a.at - b.at);
}

/** `attempt` and `triple` are the numbers that the ledger gave them; null for what does not apply. */
export function auditRecord(entry: AuditRecord): object {
  return {
    time: new Date(entry.at).toISOString(),
    event: entry.event,
    what: entry.what,
    station: entry.station ?? null,
    operator: entry.operator ?? null,
    ...placeOf(entry.port),
    imei: entry.imei ?? null,
    deviceName: entry.deviceName ?? null,
    attempt: entry.attemptId ?? null,
    triple: entry.tripleId ?? null,
    detail: entry.detail ?? null,
  };
}

/** The slot and the port that the ledger has as one text. */
function placeOf(text: string | undefined): object {
  const { slot = null, port } = text === undefined ? { port: null } : parsePort(text);
  return { slot, port };
}

/** For people; `–` for what does not apply. */
export function auditColumns(entry: AuditRecord): string[] {
  const { at, station, operator, port, imei, deviceName, event, what, detail = '' } = entry;
  const known = [station, operator, port, imei, deviceName].map((value) => value ?? '–');
  return [localTimeMs(at), ...known, event, what, detail].map(onOneLine);
}
