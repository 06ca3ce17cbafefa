import type { CloudFaultDefinition } from './cloud-fault.js';

export const DEAF: CloudFaultDefinition = {
  name: 'deaf',
  help: 'publishes are taken, but the time service does not answer',
  create: () => ({ deaf: true }),
};
