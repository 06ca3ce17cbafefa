import type { CloudFaultDefinition } from './cloud-fault.js';
import { countArgument } from './counted.js';

export const CUT_BEFORE: CloudFaultDefinition = {
  name: 'cut-before',
  parameter: '[=<count>]',
  help: 'the connection of a registration is cut, and it is not carried out',
  create: (argument) => {
    const applies = countArgument('cut-before', argument);
    return { registrationFate: () => (applies() ? { processed: false } : undefined) };
  },
};
