import { checkOneOf } from '../../at/checks.js';
import { ArgumentError } from '../../errors/kinds.js';
import { type CloudPlace, checkPlace } from './place.js';
import { MAX_CID } from './wire/client-id.js';
import { SIGN_METHODS, type SignMethod } from './wire/signature.js';

/** Where a device logs in, and who signs. */
export interface AliyunLoginOptions extends CloudPlace {
  /**
   * `module` (default): the module gets the triple and signs. `host`: atmqtt signs, and the DeviceSecret stays here; for
   * modules whose firmware has no `aliauth`.
   */
  readonly sign?: 'module' | 'host' | undefined;
  /** The part of the client id that is signed, 1–64 characters without a bar, default the device name. */
  readonly cid?: string | undefined;
  /** With `sign: 'host'`; default `hmacsha256`. A module chooses its own. */
  readonly signMethod?: SignMethod | undefined;
}

/** Throws an `ArgumentError`. */
export function checkLoginOptions(options: AliyunLoginOptions): void {
  const { sign = 'module', cid, signMethod } = options;
  checkPlace(options);
  checkOneOf('sign', sign, ['module', 'host']);
  if (cid !== undefined) checkCid(cid);
  if (signMethod === undefined) return;
  checkOneOf('signMethod', signMethod, SIGN_METHODS);
  if (sign === 'module') {
    throw new ArgumentError(
      'signMethod',
      signMethod,
      "left out: the module chooses it, unless sign is 'host'",
    );
  }
}

/** The bar ends the part that is signed: aliyun.md 1 [D]. */
function checkCid(cid: unknown): void {
  if (typeof cid === 'string' && /^[^|]+$/s.test(cid) && cid.length <= MAX_CID) return;
  throw new ArgumentError('cid', JSON.stringify(cid), `1 to ${MAX_CID} characters without a bar`);
}
