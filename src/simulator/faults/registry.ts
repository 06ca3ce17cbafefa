import { BROKER_LOSS } from './broker-loss.js';
import { BUSY_ABOVE } from './busy-above.js';
import { CHATTER } from './chatter.js';
import { CONNECT_FAILS } from './connect-fails.js';
import { CORRUPT } from './corrupt.js';
import { DROP_BROKER } from './drop-broker.js';
import { ECHO_FAULT } from './echo.js';
import type { FaultDefinition } from './fault.js';
import { GARBAGE } from './garbage.js';
import { HIDDEN_LOSS } from './hidden-loss.js';
import { LATE_OK } from './late-ok.js';
import { LATE_RESULT } from './late-result.js';
import { LOST_BYTES } from './lost-bytes.js';
import { LOST_INPUT } from './lost-input.js';
import { LOST_LINES } from './lost-lines.js';
import { LOST_OK } from './lost-ok.js';
import { MISSPELT_UNSUBSCRIBE } from './misspelt-unsubscribe.js';
import { NO_PROMPT } from './no-prompt.js';
import { NO_READ_BACK } from './no-read-back.js';
import { OPEN_FAILS } from './open-fails.js';
import { POWER_OFF_FAULT } from './power-off.js';
import { PUBLISH_RESULT } from './publish-result.js';
import { QUOTED_PAYLOAD } from './quoted-payload.js';
import { RADIO_LOSS } from './radio-loss.js';
import { READ_BACK_DIFFERS } from './read-back-differs.js';
import { REBOOT } from './reboot.js';
import { REFUSE_SETTING } from './refuse-setting.js';
import { RESULT_BEFORE_OK } from './result-before-ok.js';
import { SESSION_DEAD } from './session-dead.js';
import { SHUFFLED_RESULTS } from './shuffled-results.js';
import { SILENT } from './silent.js';
import { SLEEPY } from './sleepy.js';
import { SLOW } from './slow.js';
import { SPLIT } from './split.js';
import { STUCK_PROMPT } from './stuck-prompt.js';
import { SUBSCRIBE_FAILS } from './subscribe-fails.js';
import { UNPLUG } from './unplug.js';
import { URC_SETTING } from './urc-setting.js';

/** Every fault. Where several shape the output, the first one here does so first. */
export const FAULTS: readonly FaultDefinition[] = [
  ECHO_FAULT,
  GARBAGE,
  CORRUPT,
  LOST_BYTES,
  LOST_LINES,
  SPLIT,
  SLOW,
  LOST_INPUT,
  CHATTER,
  SILENT,
  SLEEPY,
  LATE_OK,
  LATE_RESULT,
  LOST_OK,
  RESULT_BEFORE_OK,
  REFUSE_SETTING,
  READ_BACK_DIFFERS,
  NO_READ_BACK,
  URC_SETTING,
  OPEN_FAILS,
  CONNECT_FAILS,
  SUBSCRIBE_FAILS,
  MISSPELT_UNSUBSCRIBE,
  PUBLISH_RESULT,
  BUSY_ABOVE,
  SHUFFLED_RESULTS,
  NO_PROMPT,
  STUCK_PROMPT,
  QUOTED_PAYLOAD,
  HIDDEN_LOSS,
  SESSION_DEAD,
  DROP_BROKER,
  BROKER_LOSS,
  RADIO_LOSS,
  REBOOT,
  POWER_OFF_FAULT,
  UNPLUG,
];
