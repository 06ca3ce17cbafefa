import type { Paint } from '../../../../src/cli/provision/run/board/line.js';
import type { Picture } from '../../../../src/cli/provision/run/board/screen.js';
import type { PortStatus, UnitResult } from '../../../../src/provisioning/station/station-types.js';

/** A day of no clock change, noon in the time zone of the machine. */
export const NOON = new Date(2026, 10, 20, 12, 0, 0).getTime();

export const NO_TOTALS = {
  passed: 0,
  already: 0,
  checked: 0,
  failed: 0,
  left: 500,
  startedAt: NOON - 450_000,
} as const;

/** Shows where a style begins and ends. */
export const MARKED: Paint = (style, text) => `<${style}>${text}</${style}>`;

export function status(port: string, change: Partial<PortStatus> = {}): PortStatus {
  return {
    port,
    phase: 'waiting',
    imei: undefined,
    deviceName: undefined,
    since: undefined,
    tries: 1,
    note: undefined,
    result: undefined,
    ...change,
  };
}

export function result(port: string, change: Partial<UnitResult> = {}): UnitResult {
  return {
    port,
    outcome: 'passed',
    imei: '861326070275653',
    deviceName: 'meter-0001',
    reason: undefined,
    action: 'take the module off',
    elapsed: 7234,
    tries: 1,
    ...change,
  };
}

export const WRONG_SIM = {
  outcome: 'failed',
  reason: { code: 'WRONG_SIM', message: 'the ICCID 89860321 does not begin with 898604' },
  action: 'put in a SIM of this batch, then start the module again',
} as const;

/** The row of a port whose unit has its result. */
export function finished(port: string, change: Partial<UnitResult> = {}): PortStatus {
  const unit = result(port, change);
  const { slot, imei, deviceName, tries } = unit;
  return status(port, {
    phase: 'finished',
    slot,
    imei,
    deviceName,
    tries,
    since: NOON - 60_000,
    result: unit,
  });
}

export function picture(change: Partial<Picture> = {}): Picture {
  return {
    title: ['station line-1', 'operator ada', 'ledger factory.db'],
    statuses: [],
    totals: NO_TOTALS,
    failedUnits: (change.totals ?? NO_TOTALS).failed,
    rate: undefined,
    recent: [],
    stopping: false,
    now: NOON,
    ...change,
  };
}
