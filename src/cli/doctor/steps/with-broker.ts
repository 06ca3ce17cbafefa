import type { ClientSettings } from '../../../client/options.js';
import type { Plan } from '../patient.js';

export function hasBroker({ settings }: Plan): boolean {
  return settings !== undefined;
}

/** Throws if there are none: the step does not say that it needs them. */
export function settingsOf({ settings }: Plan): ClientSettings {
  if (settings === undefined) throw new Error('doctor: a step needs a broker');
  return settings;
}
