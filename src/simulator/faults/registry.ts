import { BUSY_ABOVE } from './busy-above.js';
import { CHATTER } from './chatter.js';
import { CONNECT_FAILS } from './connect-fails.js';
import { ECHO_FAULT } from './echo.js';
import type { FaultDefinition } from './fault.js';
import { GARBAGE } from './garbage.js';
import { HIDDEN_LOSS } from './hidden-loss.js';
import { LATE_OK } from './late-ok.js';
import { LOST_OK } from './lost-ok.js';
import { MISSPELT_UNSUBSCRIBE } from './misspelt-unsubscribe.js';
import { NO_PROMPT } from './no-prompt.js';
import { OPEN_FAILS } from './open-fails.js';
import { PUBLISH_RESULT } from './publish-result.js';
import { QUOTED_PAYLOAD } from './quoted-payload.js';
import { REFUSE_SETTING } from './refuse-setting.js';
import { RESULT_BEFORE_OK } from './result-before-ok.js';
import { SHUFFLED_RESULTS } from './shuffled-results.js';
import { SILENT } from './silent.js';
import { SLEEPY } from './sleepy.js';
import { SPLIT } from './split.js';
import { STUCK_PROMPT } from './stuck-prompt.js';
import { SUBSCRIBE_FAILS } from './subscribe-fails.js';
import { URC_SETTING } from './urc-setting.js';

/** Every fault. Where several shape the output, the first one here does so first. */
export const FAULTS: readonly FaultDefinition[] = [
  ECHO_FAULT,
  GARBAGE,
  SPLIT,
  CHATTER,
  SILENT,
  SLEEPY,
  LATE_OK,
  LOST_OK,
  RESULT_BEFORE_OK,
  REFUSE_SETTING,
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
];
