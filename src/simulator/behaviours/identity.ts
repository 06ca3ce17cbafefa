import { FIRMWARE } from '../../at/commands/firmware.js';
import { ICCID } from '../../at/commands/iccid.js';
import { IMEI } from '../../at/commands/imei.js';
import { IMSI } from '../../at/commands/imsi.js';
import { MANUFACTURER } from '../../at/commands/manufacturer.js';
import { MODEL } from '../../at/commands/model.js';
import { REVISION } from '../../at/commands/revision.js';
import { SERIAL_NUMBER } from '../../at/commands/serial-number.js';
import { answering } from './behaviour.js';
import { withoutSim } from './refusals.js';

export const identity = [
  answering(MANUFACTURER, { answer: (module) => module.identity.manufacturer }),
  answering(MODEL, { answer: (module) => module.identity.model }),
  answering(REVISION, { answer: (module) => module.identity.revision }),
  answering(FIRMWARE, { answer: (module) => module.identity.firmware }),
  answering(IMEI, { answer: (module) => module.identity.imei }),
  answering(SERIAL_NUMBER, { answer: (module) => module.identity.imei }),
  answering(IMSI, { refuse: withoutSim, answer: (module) => module.identity.imsi }),
  answering(ICCID, { refuse: withoutSim, answer: (module) => module.identity.iccid }),
];
