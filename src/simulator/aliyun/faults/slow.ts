import { integerArgument } from '../../faults/argument.js';
import type { CloudFaultDefinition } from './cloud-fault.js';

export const SLOW: CloudFaultDefinition = {
  name: 'slow',
  parameter: '=<ms>',
  help: 'registrations over HTTP are answered, and each CONNECT is looked at, so many ms late',
  create: (argument) => ({ delay: integerArgument('slow', argument, [1, 3_600_000]) }),
};
