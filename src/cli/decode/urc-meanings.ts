import {
  NETWORK_SERVICE,
  PACKET_DOMAIN_EVENT,
  REGISTRATION_CHANGED,
  SIM_STATE_CHANGED,
  SYSTEM_MODE,
  TIME_ZONE_CHANGED,
} from '../../at/urcs.js';
import { statusFailure } from '../../dialects/lmqtt/failures.js';
import { ANNOUNCED_MESSAGE } from '../../dialects/lmqtt/urcs/announcement.js';
import { messageUrc } from '../../dialects/lmqtt/urcs/message-urc.js';
import { SESSION_STATUS } from '../../dialects/lmqtt/urcs/status.js';
import { SIM_SENTENCES, simStatus } from '../../modem/sim.js';
import { type Meaning, urcMeaning } from './meaning.js';
import { messageWords } from './message-words.js';
import { registrationWords } from './network-words.js';

/** `<mode>` of `^MODE`: 17 is LTE on modules that share this URC [A]. */
const MODE_LTE = 17;

/** A downlink while `recv/mode` is hex: it looks like a line of text otherwise. */
export const HEX_MEANING: Meaning = urcMeaning(messageUrc('hex'), messageWords);

/** What comes unasked. The forms of a downlink are tried from the strictest on: a counted one needs its payload. */
export const URC_MEANINGS: readonly Meaning[] = [
  urcMeaning(messageUrc('counted'), messageWords),
  urcMeaning(ANNOUNCED_MESSAGE, ({ messageId }) => `message ${messageId} waits in the module`),
  urcMeaning(messageUrc('line'), messageWords),
  urcMeaning(SESSION_STATUS, (status) => statusFailure(status)?.message ?? 'the session is in order'),
  urcMeaning(REGISTRATION_CHANGED, registrationWords),
  urcMeaning(SIM_STATE_CHANGED, (state) => SIM_SENTENCES[simStatus(state).state]),
  urcMeaning(NETWORK_SERVICE, ({ detail }) => `LTE service${detail === '' ? '' : `: ${detail}`}`),
  urcMeaning(PACKET_DOMAIN_EVENT, (event) => `packet domain: ${event}`),
  urcMeaning(SYSTEM_MODE, ({ mode }) => (mode === MODE_LTE ? 'the network is LTE' : `system mode ${mode}`)),
  urcMeaning(TIME_ZONE_CHANGED, ({ zone, universalTime }) =>
    [
      `time zone ${zone < 0 ? '' : '+'}${zone / 4} h`,
      ...(universalTime ? [`${universalTime} UTC`] : []),
    ].join(', '),
  ),
];
