import type { PortStatus } from '../../../../provisioning/station/station-types.js';
import { counted } from '../../words.js';
import { type Line, span } from './line.js';
import type { Size } from './picture.js';
import { BLOCK_LINES, portBlock } from './port-block.js';
import { failureLines, portRow, rowColumns, rowTitles } from './port-row.js';
import { isDoneWell, isIdle } from './port-state.js';

/**
 * The ports in at most `rows` lines, the most telling way that fits: as blocks, as rows, as rows without the idle ones,
 * as rows of what needs somebody, and at last as many rows as there is room for. What is left out is counted.
 */
export function portList(statuses: readonly PortStatus[], { columns, rows }: Size, now: number): Line[] {
  if (statuses.length === 0) return [[span('no ports yet: plug in a module')], []].slice(0, rows);
  if (statuses.length * BLOCK_LINES <= rows) {
    return statuses.flatMap((status) => portBlock(status, columns, now));
  }
  const working = statuses.filter((status) => !isIdle(status));
  const urgent = working.filter((status) => !isDoneWell(status));
  for (const shown of [statuses, working, urgent]) {
    const lines = table(statuses, shown, columns, now);
    if (lines.length <= rows) return lines;
  }
  return shortest(statuses, urgent, { columns, rows }, now);
}

/** Titles, rows with reasons, what was left out, and an empty line. */
function table(
  statuses: readonly PortStatus[],
  shown: readonly PortStatus[],
  width: number,
  now: number,
): Line[] {
  const columns = rowColumns(statuses, width);
  return [
    rowTitles(columns),
    ...shown.flatMap((status) => [
      portRow(status, columns, now),
      ...(status.result?.outcome === 'failed' ? failureLines(status.result, width) : []),
    ]),
    ...leftOut(statuses, shown),
    [],
  ];
}

/** Rows without reasons: those that need somebody first. */
function shortest(
  statuses: readonly PortStatus[],
  urgent: readonly PortStatus[],
  { columns: width, rows }: Size,
  now: number,
): Line[] {
  const columns = rowColumns(statuses, width);
  const failed = urgent.filter(({ result }) => result !== undefined);
  const order = [...failed, ...urgent.filter(({ result }) => result === undefined)];
  const shown = order.slice(0, Math.max(0, rows - 1));
  const lines = [...shown.map((status) => portRow(status, columns, now)), ...leftOut(statuses, shown)];
  return lines.slice(0, rows);
}

/** A line that counts the ports that are not shown, and names those whose modules are to be taken off. */
function leftOut(statuses: readonly PortStatus[], shown: readonly PortStatus[]): Line[] {
  const hidden = statuses.filter((status) => !shown.includes(status));
  if (hidden.length === 0) return [];
  const idle = hidden.filter(isIdle).length;
  const done = hidden.filter(isDoneWell);
  const failed = hidden.filter(({ result }) => result?.outcome === 'failed').length;
  const rest = hidden.length - idle - done.length - failed;
  const parts = [
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(rest > 0 ? [`${rest} at work`] : []),
    ...(idle > 0 ? [`${idle} waiting`] : []),
    ...(done.length > 0 ? [`${done.length} done, take off ${done.map(nameOf).join(', ')}`] : []),
  ];
  return [[span(`and ${counted(hidden.length, 'port')} more: ${parts.join(', ')}`, 'faint')]];
}

/** The name of the slot, the end of a path, or the whole URL. */
function nameOf({ slot, port }: PortStatus): string {
  if (slot !== undefined) return slot;
  return port.startsWith('/') ? port.slice(port.lastIndexOf('/') + 1) : port;
}
