import { listPorts, type PortInfo } from '../../transport/list-ports.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Invocation } from '../invocation.js';
import { alignColumns } from '../text-table.js';
import type { PortsOptions } from './command.js';
import { portCells } from './port-text.js';
import { watchPorts } from './watch.js';

export const endless = ({ watch = false }: PortsOptions) => watch;

export async function run(
  { json = false, watch = false }: PortsOptions,
  invocation: Invocation,
): Promise<ExitCode> {
  const { output, log } = invocation;
  if (watch) {
    await watchPorts(listPorts, json, invocation);
    return EXIT.DONE;
  }
  const ports = await listPorts();
  if (json) for (const port of ports) await output.json(port);
  else for (const line of portLines(ports)) await output.line(line);
  if (ports.length === 0) log.note('no serial port found: is the device plugged in, and its driver loaded?');
  return EXIT.DONE;
}

/** One line a port, in columns. */
export function portLines(ports: readonly PortInfo[]): string[] {
  return alignColumns(ports.map(portCells));
}
