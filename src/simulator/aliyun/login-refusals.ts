/**
 * Why a CONNECT is refused, with the return code of CONNACK. That it is refused is documented for keepalive and will
 * [D]; the codes are those that a registration over MQTT has for bad parameters and for a refusal, aliyun.md 2b, taken
 * over to logins [A], but for the 4 of a wrong signature, which aliyun.md 1 has itself [A].
 */
export const LOGIN_REFUSALS = {
  CLIENT_ID: { returnCode: 2, reason: 'the client id is not <cid>|key=value,…|' },
  CID_LENGTH: {
    returnCode: 2,
    reason: 'the part of the client id before the bar is longer than 64 characters',
  },
  USERNAME: { returnCode: 2, reason: 'the user name is not <DeviceName>&<ProductKey>' },
  SECURE_MODE: { returnCode: 2, reason: 'securemode is neither 2 nor 3' },
  PLAIN: { returnCode: 2, reason: 'securemode 2 says TLS, and this is TCP' },
  SIGN_METHOD: { returnCode: 2, reason: 'signmethod is none of hmacmd5, hmacsha1, hmacsha256' },
  KEEPALIVE: { returnCode: 2, reason: 'the keepalive is not 30 to 1200 s' },
  WILL: { returnCode: 2, reason: 'there is a will' },
  AUTH_TYPE: { returnCode: 2, reason: 'this authType is not served' },
  UNKNOWN_DEVICE: { returnCode: 4, reason: 'there is no such device' },
  UNREGISTERED: { returnCode: 4, reason: 'the device has no secret yet' },
  SIGNATURE: { returnCode: 4, reason: 'the signature is wrong' },
} as const;

export type LoginRefusalName = keyof typeof LOGIN_REFUSALS;
