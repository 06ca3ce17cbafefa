import type { StageLimits } from '../../at/command.js';

/** `<tcpconnectID>` is 0–4; today's firmware serves only 0: lmqtt.md 1 [M]. */
export const MAX_CONNECTION_ID = 4;

/** The connection that every firmware serves [M]. */
export const CONNECTION_ID = 0;

/** `<msgID>` 1–65535; 0 only with QoS 0: lmqtt.md 1 [M]. */
export const MAX_MESSAGE_ID = 65535;

/** Bytes: lmqtt.md 1 [M]. */
export const MAX_HOST = 100;
export const MAX_CLIENT_ID = 256;
export const MAX_USERNAME = 256;
export const MAX_TOPIC = 256;

/** No limit is documented for the password; the one of the user name is taken [A]. */
export const MAX_PASSWORD = 256;

/** No limit is documented for the message of the will; the one of the topic is taken [A]. */
export const MAX_WILL_MESSAGE = 256;

/** No limits are documented for the triple; these are far above what Alibaba Cloud hands out [A]. */
export const MAX_TRIPLE_FIELD = 64;

/** How many topics fit one `LMQTTSUBUNSUB` is not documented [A]. */
export const MAX_TOPICS_PER_COMMAND = 4;

/** Payload of one publish or one downlink in bytes: lmqtt.md 5 [M]. */
export const MAX_PAYLOAD = 8000;

/** The largest inline payload of any profile in bytes: lmqtt.md 5 [M]. */
export const MAX_INLINE = 1460;

/** Keepalive in seconds, 0 = never: lmqtt.md 2 [M]. */
export const MAX_KEEPALIVE = 3600;

/** The prompt of data mode is due as soon as `OK` is: lmqtt.md 1 [T]. */
const ACCEPTED = 5_000;

/** Limits in ms of the host: lmqtt.md 8. `OK` is due within 5 s: lmqtt.md 1 [T]. */
export const CONFIG_LIMITS: StageLimits = { response: 6_000 };
export const OPEN_LIMITS: StageLimits = { response: ACCEPTED, result: 180_000 };
export const CONNECT_LIMITS: StageLimits = { response: ACCEPTED, result: 40_000 };
export const CONNECT_STATE_LIMITS: StageLimits = { response: ACCEPTED };
export const SUBSCRIBE_LIMITS: StageLimits = { response: ACCEPTED, result: 40_000 };
export const PUBLISH_LIMITS: StageLimits = { prompt: ACCEPTED, response: ACCEPTED, result: 40_000 };
export const READ_LIMITS: StageLimits = { response: 6_000 };
export const CLOSE_LIMITS: StageLimits = { response: ACCEPTED, result: 10_000 };
