import { CLOUD_FAULTS, cloudFaultUsage } from '../../simulator/aliyun/cloud-faults.js';
import { FAULTS, usage } from '../../simulator/faults/fault-switches.js';
import { TIMING_HELP } from '../../simulator/faults/timing.js';
import type { Output } from '../output.js';
import { alignColumns } from '../text-table.js';

interface FaultRow {
  readonly name: string;
  readonly parameter?: string;
  readonly help: string;
}

/** Prints every fault with its sentence of help. */
export async function printFaults(output: Output, json: boolean): Promise<void> {
  await printRows(output, json, FAULTS, usage);
  if (!json) await output.line(`\n${TIMING_HELP}`);
}

/** The same for those of the simulated cloud. */
export async function printCloudFaults(output: Output, json: boolean): Promise<void> {
  await printRows(output, json, CLOUD_FAULTS, cloudFaultUsage);
}

async function printRows<R extends FaultRow>(
  output: Output,
  json: boolean,
  rows: readonly R[],
  usageOf: (row: R) => string,
): Promise<void> {
  if (json) {
    for (const { name, parameter = null, help } of rows) await output.json({ name, parameter, help });
    return;
  }
  for (const line of alignColumns(rows.map((row) => [usageOf(row), row.help]))) await output.line(line);
}
