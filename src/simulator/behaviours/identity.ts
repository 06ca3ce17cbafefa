import { FIRMWARE } from '../../at/commands/firmware.js';
import { ICCID } from '../../at/commands/iccid.js';
import { IMEI } from '../../at/commands/imei.js';
import { IMSI } from '../../at/commands/imsi.js';
import { GENERIC_MANUFACTURER, MANUFACTURER } from '../../at/commands/manufacturer.js';
import { GENERIC_MODEL, MODEL } from '../../at/commands/model.js';
import { GENERIC_REVISION, REVISION } from '../../at/commands/revision.js';
import {
  GENERIC_SERIAL_NUMBER,
  NUMBERED_SERIAL_NUMBER,
  SERIAL_NUMBER,
} from '../../at/commands/serial-number.js';
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
