import type { CloudFaultDefinition } from './cloud-fault.js';
import { countArgument } from './counted.js';

export const CUT: CloudFaultDefinition = {
  name: 'cut',
  parameter: '[=<count>]',
  help: 'registrations are carried out, and the connection is cut before the answer',
  create: (argument) => {
    const applies = countArgument('cut', argument);
    return { registrationFate: () => (applies() ? { processed: true } : undefined) };
  },
};
