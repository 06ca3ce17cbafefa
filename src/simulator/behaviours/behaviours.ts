import { attention } from './attention.js';
import type { Behaviour } from './behaviour.js';
import { clock } from './clock.js';
import { close } from './close.js';
import { config } from './config.js';
import { connect } from './connect.js';
import { disconnect } from './disconnect.js';
import { echo } from './echo.js';
import { errorReporting } from './error-reporting.js';
import { identity } from './identity.js';
import { open } from './open.js';
import { power } from './power.js';
import { publish } from './publish.js';
import { read } from './read.js';
import { registration } from './registration.js';
import { signal } from './signal.js';
import { sim } from './sim.js';
import { subscribe } from './subscribe.js';

/** Everything that the module can do. */
export const BEHAVIOURS: readonly Behaviour[] = [
  attention,
  echo,
  ...errorReporting,
  ...identity,
  ...sim,
  ...registration,
  ...signal,
  clock,
  ...power,
  ...config,
  open,
  ...connect,
  subscribe,
  publish,
  read,
  disconnect,
  close,
];
