import {
  GENERIC_MANUFACTURER,
  GENERIC_MODEL,
  GENERIC_REVISION,
  GENERIC_SERIAL_NUMBER,
  IMEI,
  IMSI,
  MANUFACTURER,
  MODEL,
  NUMBERED_SERIAL_NUMBER,
  REVISION,
  SERIAL_NUMBER,
} from '../../at/commands/identity.js';
import { FIRMWARE, ICCID } from '../../at/commands/lierda.js';
import { answering } from './behaviour.js';
import { withoutSim } from './refusals.js';

export const identity = [
  ...[MANUFACTURER, GENERIC_MANUFACTURER].map((command) =>
    answering(command, { answer: (module) => module.identity.manufacturer }),
  ),
  ...[MODEL, GENERIC_MODEL].map((command) =>
    answering(command, { answer: (module) => module.identity.model }),
  ),
  ...[REVISION, GENERIC_REVISION].map((command) =>
    answering(command, { answer: (module) => module.identity.revision }),
  ),
  answering(FIRMWARE, { answer: (module) => module.identity.firmware }),
  answering(IMEI, { answer: (module) => module.identity.imei }),
  ...[SERIAL_NUMBER, NUMBERED_SERIAL_NUMBER, GENERIC_SERIAL_NUMBER].map((command) =>
    answering(command, { answer: (module) => module.identity.imei }),
  ),
  answering(IMSI, { refuse: withoutSim, answer: (module) => module.identity.imsi }),
  answering(ICCID, { refuse: withoutSim, answer: (module) => module.identity.iccid }),
];
