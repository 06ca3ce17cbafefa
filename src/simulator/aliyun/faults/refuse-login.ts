import type { CloudFaultDefinition } from './cloud-fault.js';
import { numberArgument } from './counted.js';

/** Return codes of CONNACK: MQTT 3.1.1 3.2.2.3. */
export const REFUSE_LOGIN: CloudFaultDefinition = {
  name: 'refuse-login',
  parameter: '=<return code>[:<count>]',
  help: 'each CONNECT is refused with this return code, 1 to 5',
  create: (argument) => ({ loginRefusal: numberArgument('refuse-login', argument, [1, 5]) }),
};
