import { ModemError } from '../../../errors/modem-error.js';
import { ifSupported } from '../../../modem/if-supported.js';
import type { Modem } from '../../../modem/modem.js';
import type { Signal } from '../../../modem/signal.js';
import { delay } from '../../../util/delay.js';
import type { WatchView } from './views.js';

/** A module that restarts, or is busy with itself, is worth to be watched. */
const PASSING: ReadonlySet<string> = new Set(['REBOOTED', 'TIMEOUT']);

/**
 * Shows signal and registration until the signal aborts; `interval` in ms. Rejects when the port is lost, or when the
 * module does not answer any more.
 */
export async function watchModule(
  modem: Modem,
  view: WatchView,
  interval: number,
  signal: AbortSignal,
): Promise<void> {
  const forget = followEvents(modem, view);
  try {
    await showRegistration(modem, view, signal);
    while (!signal.aborted) {
      const started = Date.now();
      await view.reading({ at: started, signal: await signalNow(modem, signal) });
      await delay(Math.max(0, started + interval - Date.now()), signal);
    }
  } finally {
    forget();
  }
}

async function showRegistration(modem: Modem, view: WatchView, signal: AbortSignal): Promise<void> {
  const registration = await passing(modem.registration({ signal }));
  if (registration !== undefined) await view.registration(registration, Date.now());
}

function signalNow(modem: Modem, signal: AbortSignal): Promise<Signal | undefined> {
  return passing(modem.signal({ signal, sinr: true }));
}

/** Undefined for what the module does not tell, or not now. */
async function passing<V>(request: Promise<V>): Promise<V | undefined> {
  try {
    return await ifSupported(request);
  } catch (error) {
    if (error instanceof ModemError && PASSING.has(error.code)) return undefined;
    throw error;
  }
}

function followEvents(modem: Modem, view: WatchView): () => void {
  const onRegistration = (registration: Parameters<WatchView['registration']>[0]) =>
    void view.registration(registration, Date.now());
  const onReboot = () => void view.note('the module restarts', Date.now());
  const onReady = () => void view.note('the module is ready again', Date.now());
  modem.on('registration', onRegistration);
  modem.on('reboot', onReboot);
  modem.on('ready', onReady);
  return () => {
    modem.off('registration', onRegistration);
    modem.off('reboot', onReboot);
    modem.off('ready', onReady);
  };
}
