import { ArgumentError } from '../../../errors/kinds.js';
import type { ReleaseOptions } from './options.js';

export type Target = { readonly imei: string } | { readonly deviceName: string };

/** The reason is kept for years: it must say something. */
const REASON = /^[^\p{Cc}]{3,500}$/u;

/** Throws an `ArgumentError` unless there is just one of `--imei` and `--device`, and a reason. */
export function checkedTarget({ imei, device, reason }: ReleaseOptions): { target: Target; reason: string } {
  if (!REASON.test(reason.trim())) {
    throw new ArgumentError('reason', JSON.stringify(reason), '3–500 characters on one line');
  }
  return { target: targetOf(imei, device), reason: reason.trim() };
}

function targetOf(imei: string | undefined, device: string | undefined): Target {
  if (imei !== undefined && device === undefined) return { imei };
  if (imei === undefined && device !== undefined) return { deviceName: device };
  throw new ArgumentError('module', imei === undefined ? 'none' : 'more than one', 'one of --imei, --device');
}
