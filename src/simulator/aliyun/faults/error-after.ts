import type { CloudFaultDefinition } from './cloud-fault.js';
import { numberArgument } from './counted.js';

export const ERROR_AFTER: CloudFaultDefinition = {
  name: 'error-after',
  parameter: '=<status>[:<count>]',
  help: 'registrations are carried out, and answered with this status, 400 to 599 (over MQTT: cut)',
  create: (argument) => {
    const next = numberArgument('error-after', argument, [400, 599]);
    return {
      registrationFate: () => {
        const status = next();
        return status === undefined ? undefined : { processed: true, status };
      },
    };
  },
};
