import type { DialectIdentity } from '../dialect.js';
import type { ProfileName } from './profiles.js';
import { CELLS, FIRMWARE, ICCID, POWER_OFF } from './vendor-commands.js';

/** Models that speak LMQTT, by what `AT+CGMM` or the firmware says: lmqtt.md, head and section 7 [C]. */
const MODELS: readonly { readonly pattern: RegExp; readonly profile: ProfileName }[] = [
  { pattern: /NT35E/i, profile: 'nt35e' },
  { pattern: /NT26/i, profile: 'nt26' },
];

/** The modules of Lierda. */
export const LMQTT_IDENTITY: DialectIdentity = {
  boot: {
    // The chip's ROM, cannot be switched off; often glued to garbage. lmqtt.md 7 [T].
    starting: ["^boot.rom'v"],
    // lmqtt.md 7 [T].
    powerDown: ['NORMAL POWER DOWN'],
    // What related firmware prints when it is up: lmqtt.md 7.
    ready: ['RDY', 'ECRDY'],
    // Field code takes a line with it as a restart [C]; it is also what `AT+CGMI` answers.
    banners: ['Lierda'],
  },
  commands: { firmware: FIRMWARE, iccid: ICCID, cells: CELLS, powerOff: POWER_OFF },
  profileOf: ({ model, revision, firmware = '' }) =>
    MODELS.find(({ pattern }) => [model, revision, firmware].some((name) => pattern.test(name)))?.profile,
};
