import type { AliyunCloudFaults } from '../aliyun-cloud-faults.js';
import type { CloudSeams } from '../seams.js';
import type { RegistrationDesk } from './registration-desk.js';
import { registrationReply } from './registration-reply.js';

/** Registration over MQTT, and the faults, for the cloud to ask. */
export function cloudSeams(desk: RegistrationDesk, faults: AliyunCloudFaults): Required<CloudSeams> {
  return {
    register: (request) => registrationReply(desk, request),
    connectDelay: () => faults.delay,
    loginRefusal: () => faults.loginRefusal(),
    dropsAfterLogin: () => faults.dropsAfterLogin(),
    isDeaf: () => faults.isDeaf,
  };
}
