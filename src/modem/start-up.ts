import type { Channel } from '../at/channel.js';
import { checkInteger, checkOneOf } from '../at/checks.js';
import type { ExecuteOptions } from '../at/command.js';
import { ECHO } from '../at/commands/basic.js';
import { SET_ERROR_REPORTING } from '../at/commands/control.js';
import { SET_REGISTRATION_REPORTING } from '../at/commands/registration.js';
import { isTimeout, told } from './if-supported.js';

export interface StartUpOptions {
  /** `off`: asks the module not to repeat command lines (default). `leave`: as it is; both work. */
  readonly echo?: 'off' | 'leave';
  /** ms in which the module must answer `AT`, default 15 000 [C, lmqtt.md 7: 30 times, 500 ms apart]. */
  readonly startTimeout?: number;
}

/** ms from one `AT` to the next: lmqtt.md 7 [C]. */
const ATTENTION_INTERVAL = 500;

const DEFAULT_START_TIMEOUT = 15_000;
/** An hour: no module takes that long. */
const MAX_START_TIMEOUT = 3_600_000;

/** Throws an `ArgumentError` for options that cannot be. */
export function checkStartUp({ echo = 'off', startTimeout = DEFAULT_START_TIMEOUT }: StartUpOptions): void {
  checkOneOf('echo', echo, ['off', 'leave']);
  checkInteger('startTimeout', startTimeout, 1, MAX_START_TIMEOUT);
}

/**
 * What every module needs after it was opened or has restarted: `AT` until it answers, echo off, failures with a
 * number, registration with URCs. A setting that is refused, or twice not answered in time, is done without. All of it is queued in one go ahead of
 * everything else, so that no other command meets a module that is half set up. Rejects with `NOT_RESPONDING`,
 * `REBOOTED` or why the port is gone.
 */
export async function startUp(
  channel: Channel,
  options: StartUpOptions = {},
  signal?: AbortSignal,
): Promise<void> {
  const { echo = 'off', startTimeout = DEFAULT_START_TIMEOUT } = options;
  const tries = Math.max(1, Math.round(startTimeout / ATTENTION_INTERVAL));
  const first: ExecuteOptions = { priority: 'recovery', ...(signal === undefined ? {} : { signal }) };
  await Promise.all([
    channel.synchronise({ tries, interval: ATTENTION_INTERVAL, ...(signal === undefined ? {} : { signal }) }),
    echo === 'off' ? set(() => channel.execute(ECHO, { enabled: false }, first)) : undefined,
    set(() => channel.execute(SET_ERROR_REPORTING, { mode: 1 }, first)),
    set(() => channel.execute(SET_REGISTRATION_REPORTING, { n: 2 }, first)),
  ]);
}

/** A setting that is not answered in time is written once more; one that is refused, or late again, is done without. */
async function set(write: () => Promise<unknown>): Promise<void> {
  const { problem } = await told(write());
  if (isTimeout(problem)) await told(write());
}
