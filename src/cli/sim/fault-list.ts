import { usage } from '../../simulator/faults/fault-switches.js';
import { FAULTS } from '../../simulator/faults/registry.js';
import { TIMING_HELP } from '../../simulator/faults/timing.js';
import type { Output } from '../output.js';
import { alignColumns } from '../text-table.js';

/** Prints every fault with its sentence of help. */
export async function printFaults(output: Output, json: boolean): Promise<void> {
  if (json) {
    for (const { name, parameter, help } of FAULTS) {
      await output.json({ name, parameter: parameter ?? null, help });
    }
    return;
  }
  for (const line of alignColumns(FAULTS.map((fault) => [usage(fault), fault.help]))) await output.line(line);
  await output.line(`\n${TIMING_HELP}`);
}
