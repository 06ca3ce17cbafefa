import type { CloudFaultDefinition } from './cloud-fault.js';
import { countArgument } from './counted.js';

export const DROP_AFTER_LOGIN: CloudFaultDefinition = {
  name: 'drop-after-login',
  parameter: '[=<count>]',
  help: 'a session is closed right behind its CONNACK, as when another device uses the same triple',
  create: (argument) => ({ dropsAfterLogin: countArgument('drop-after-login', argument) }),
};
