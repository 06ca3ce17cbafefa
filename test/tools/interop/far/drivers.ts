import type { FarDriver } from './far-client.js';
import { MOSQUITTO_CLIENTS } from './mosquitto-clients.js';
import { mqttjs } from './mqttjs.js';
import { PAHO_JS } from './paho-js.js';
import { PAHO_PYTHON } from './paho-python.js';

/** All clients of the far side, in the order of the table. */
export const FAR_DRIVERS: readonly FarDriver[] = [
  mqttjs('plain'),
  mqttjs('tls'),
  mqttjs('ws'),
  PAHO_JS,
  MOSQUITTO_CLIENTS,
  PAHO_PYTHON,
];
