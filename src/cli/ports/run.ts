import { listPorts, type PortInfo } from '../../transport/list-ports.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Invocation } from '../invocation.js';
import type { GlobalOptions } from '../options/global-options.js';
import { alignColumns } from '../text-table.js';

export async function run({ json = false }: GlobalOptions, { output, log }: Invocation): Promise<ExitCode> {
  const ports = await listPorts();
  if (json) for (const port of ports) await output.json(port);
  else for (const line of portLines(ports)) await output.line(line);
  if (ports.length === 0) log.note('no serial port found: is the device plugged in, and its driver loaded?');
  return EXIT.DONE;
}

/** Path, what the device is, USB ids and the path that stays the same, in columns. */
export function portLines(ports: readonly PortInfo[]): string[] {
  return alignColumns(
    ports.map(({ path, looksLike, manufacturer, vendorId, productId, byId }) => [
      path,
      looksLike ?? manufacturer ?? '',
      vendorId === undefined ? '' : `${vendorId}:${productId ?? ''}`,
      byId ?? '',
    ]),
  );
}
