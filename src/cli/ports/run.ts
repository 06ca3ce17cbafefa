import { listPorts, type PortInfo } from '../../transport/list-ports.js';
import { delay } from '../../util/delay.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Invocation } from '../invocation.js';
import { alignColumns } from '../terminal.js';
import type { PortsOptions } from './command.js';

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

/** ms between two looks: the system tells of no changes that node could wait for on every platform. */
const INTERVAL = 500;

/** Prints the ports that there are, then each that comes or goes, a line each, until the signal aborts. */
async function watchPorts(
  list: () => Promise<readonly PortInfo[]>,
  json: boolean,
  { output, signal }: Pick<Invocation, 'output' | 'signal'>,
  interval = INTERVAL,
): Promise<void> {
  let known = await list();
  const present = known.map((port): PortChange => ({ event: 'present', port }));
  for (let changes: readonly PortChange[] = present; !signal.aborted; ) {
    for (const change of changes) {
      if (json) await output.json({ time: new Date().toISOString(), ...change });
      else await output.line(changeLine(change));
    }
    await delay(interval, signal);
    const now = await list();
    changes = portChanges(known, now);
    known = now;
  }
}

function changeLine({ event, port }: PortChange): string {
  const cells = portCells(port).filter((cell) => cell !== '');
  return [event.padEnd(7), ...cells].join('  ');
}

interface PortChange {
  /** `present`: it was there at the first look. */
  readonly event: 'present' | 'added' | 'removed';
  readonly port: PortInfo;
}

/** What has changed between two lists, those that are gone first. Another device under the same path is a new port. */
export function portChanges(before: readonly PortInfo[], now: readonly PortInfo[]): readonly PortChange[] {
  const gone = before.filter((port) => !now.some((other) => same(port, other)));
  const come = now.filter((port) => !before.some((other) => same(port, other)));
  return [
    ...gone.map((port): PortChange => ({ event: 'removed', port })),
    ...come.map((port): PortChange => ({ event: 'added', port })),
  ];
}

/** Links come some ms behind their port, so they do not count. */
function same(one: PortInfo, other: PortInfo): boolean {
  return (
    one.path === other.path &&
    one.vendorId === other.vendorId &&
    one.productId === other.productId &&
    one.serialNumber === other.serialNumber
  );
}

/** Path, what the device is, USB ids and the path that stays the same. */
function portCells({ path, looksLike, manufacturer, vendorId, productId, byId }: PortInfo): string[] {
  return [
    path,
    looksLike ?? manufacturer ?? '',
    vendorId === undefined ? '' : `${vendorId}:${productId ?? ''}`,
    byId ?? '',
  ];
}
