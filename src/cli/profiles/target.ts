import type { ProfileValues } from './profile-options.js';

/** What leads to a broker, and what leads to Alibaba Cloud, by the long names; a session has one of both. */
const BROKER = ['broker', 'username', 'pw', 'will-topic', 'will-payload', 'will-qos', 'will-retain'];
/** What belongs to the port beside it. */
const PORT = ['port', 'baud'];
const CLOUD = ['region', 'aliyun-host', 'ledger', 'passphrase-file', 'sign'];

/** Where the command line and the environment say that the session leads. */
export interface GivenTarget {
  readonly port?: unknown;
  readonly broker?: unknown;
  readonly region?: unknown;
  readonly aliyunHost?: unknown;
}

/** The profile without what belongs to another port or leads elsewhere than the command line or the environment say. */
export function towards(given: GivenTarget, values: ProfileValues): ProfileValues {
  const left = [
    ...(given.port === undefined ? [] : PORT),
    ...(given.broker === undefined ? [] : CLOUD),
    ...(given.region === undefined && given.aliyunHost === undefined ? [] : BROKER),
  ];
  return Object.fromEntries(Object.entries(values).filter(([key]) => !left.includes(key)));
}
