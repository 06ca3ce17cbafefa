import type { PortInfo } from '../../transport/list-ports.js';

export interface PortChange {
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
