import type { CloudFaultDefinition } from './cloud-fault.js';
import { numberArgument } from './counted.js';

export const ERROR: CloudFaultDefinition = {
  name: 'error',
  parameter: '=<status>[:<count>]',
  help: 'registrations are answered with this status, 400 to 599 (over MQTT: try again), and not carried out',
  create: (argument) => {
    const next = numberArgument('error', argument, [400, 599]);
    return {
      registrationFate: () => {
        const status = next();
        return status === undefined ? undefined : { processed: false, status };
      },
    };
  },
};
