import { ALIYUN_HARNESSES } from './aliyun-harnesses.js';
import { CLIENT_HARNESSES } from './client-harnesses.js';
import type { Harness } from './harness.js';
import { SIMULATOR_HARNESSES } from './simulator-harnesses.js';

export const HARNESSES: readonly Harness[] = [
  ...CLIENT_HARNESSES,
  ...ALIYUN_HARNESSES,
  ...SIMULATOR_HARNESSES,
];
