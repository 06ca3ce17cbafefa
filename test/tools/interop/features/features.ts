import { ACCOUNTS } from './accounts.js';
import type { Feature } from './feature.js';
import { KEEPALIVES } from './keepalive.js';
import { PAYLOADS } from './payloads.js';
import { QOS } from './qos.js';
import { RETAINED } from './retained.js';
import { SESSIONS } from './sessions.js';
import { SHARED } from './shared.js';
import { SUBSCRIPTIONS } from './subscriptions.js';
import { THOUSAND } from './thousand.js';
import { TLS_FEATURES } from './tls.js';
import { WAYS } from './ways.js';
import { WILL } from './will.js';

/** All rows, in the order of the table. */
export const FEATURES: readonly Feature[] = [
  ...QOS,
  RETAINED,
  WILL,
  ...SUBSCRIPTIONS,
  ...SESSIONS,
  ...SHARED,
  ...PAYLOADS,
  ...THOUSAND,
  ...WAYS,
  ...KEEPALIVES,
  ...ACCOUNTS,
  ...TLS_FEATURES,
];
