/**
 * Why a registration is refused: `code` of the answer over HTTP, return code of CONNACK over MQTT. Return codes 2 (bad
 * parameters) and 4 (refused): aliyun.md 2b [D]. 460 is what the cloud answers to bad parameters of a sub-device that
 * registers [D]; that it is the same here, and the other codes, are not documented [A].
 */
export const REGISTRATION_REFUSALS = {
  PARAMETER: { code: 460, returnCode: 2, message: 'request parameter error' },
  UNKNOWN_PRODUCT: { code: 6201, returnCode: 4, message: 'product not exist' },
  OFF: { code: 6288, returnCode: 4, message: 'dynamic registration of the product is off' },
  SIGNATURE: { code: 6202, returnCode: 4, message: 'sign check failed' },
  UNKNOWN_DEVICE: { code: 6100, returnCode: 4, message: 'device not exist' },
  ACTIVE: { code: 6289, returnCode: 4, message: 'device is already active' },
} as const;

export type RegistrationRefusal = (typeof REGISTRATION_REFUSALS)[keyof typeof REGISTRATION_REFUSALS];
