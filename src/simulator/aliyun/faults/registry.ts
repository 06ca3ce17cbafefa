import type { CloudFaultDefinition } from './cloud-fault.js';
import { CUT } from './cut.js';
import { CUT_BEFORE } from './cut-before.js';
import { DEAF } from './deaf.js';
import { DROP_AFTER_LOGIN } from './drop-after-login.js';
import { ERROR } from './error.js';
import { ERROR_AFTER } from './error-after.js';
import { REFUSE_LOGIN } from './refuse-login.js';
import { SLOW } from './slow.js';

/** Every fault of the simulated cloud. Of two that decide the same, the first one here does. */
export const CLOUD_FAULTS: readonly CloudFaultDefinition[] = [
  SLOW,
  CUT_BEFORE,
  CUT,
  ERROR,
  ERROR_AFTER,
  REFUSE_LOGIN,
  DROP_AFTER_LOGIN,
  DEAF,
];
