import type { Target } from './campaign.js';
import { CHANNEL } from './targets/channel.js';
import { REQUEST_PARSERS, RESPONSE_PARSERS, URC_PARSERS } from './targets/declarations.js';
import { DIGESTER } from './targets/digester.js';
import { ESCAPES, PARAMETERS, RESULT_CODES } from './targets/grammar.js';
import { MASKING, TRACES } from './targets/secrets.js';
import { SIMULATED_INPUT } from './targets/simulator.js';

export const TARGETS: readonly Target[] = [
  DIGESTER,
  PARAMETERS,
  RESULT_CODES,
  ESCAPES,
  URC_PARSERS,
  RESPONSE_PARSERS,
  REQUEST_PARSERS,
  SIMULATED_INPUT,
  MASKING,
  TRACES,
  CHANNEL,
];
