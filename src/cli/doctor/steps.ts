import type { Step } from './step.js';
import { ADDRESS } from './steps/address.js';
import { ATTENTION } from './steps/attention.js';
import { BROKER } from './steps/broker.js';
import { CLOCK } from './steps/clock.js';
import { CONNECT } from './steps/connect.js';
import { DISCONNECT } from './steps/disconnect.js';
import { ECHO } from './steps/echo.js';
import { FREE } from './steps/free.js';
import { LOGIN } from './steps/login.js';
import { MODEL } from './steps/model.js';
import { OPEN } from './steps/open.js';
import { PERMISSION } from './steps/permission.js';
import { PORT } from './steps/port.js';
import { PUBLISH } from './steps/publish.js';
import { REGISTRATION } from './steps/registration.js';
import { SETTINGS } from './steps/settings.js';
import { SIGNAL } from './steps/signal.js';
import { SIM } from './steps/sim.js';
import { SUBSCRIBE } from './steps/subscribe.js';

/** From the port to the broker and back. */
export const STEPS: readonly Step[] = [
  PORT,
  PERMISSION,
  FREE,
  OPEN,
  ATTENTION,
  ECHO,
  MODEL,
  SIM,
  REGISTRATION,
  SIGNAL,
  ADDRESS,
  CLOCK,
  LOGIN,
  BROKER,
  CONNECT,
  SUBSCRIBE,
  PUBLISH,
  DISCONNECT,
  SETTINGS,
];
