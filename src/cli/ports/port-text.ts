import type { PortInfo } from '../../transport/list-ports.js';

/** Path, what the device is, USB ids and the path that stays the same. */
export function portCells({ path, looksLike, manufacturer, vendorId, productId, byId }: PortInfo): string[] {
  return [
    path,
    looksLike ?? manufacturer ?? '',
    vendorId === undefined ? '' : `${vendorId}:${productId ?? ''}`,
    byId ?? '',
  ];
}
