import type { PortInfo } from '../../transport/list-ports.js';
import { delay } from '../../util/delay.js';
import type { Invocation } from '../invocation.js';
import { type PortChange, portChanges } from './port-changes.js';
import { portCells } from './port-text.js';

/** ms between two looks: the system tells of no changes that node could wait for on every platform. */
const INTERVAL = 500;

/** Prints the ports that there are, then each that comes or goes, a line each, until the signal aborts. */
export async function watchPorts(
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
