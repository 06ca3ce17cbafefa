import { checkOneOf } from '../at/checks.js';
import { DIALECTS, type DialectEntry, PROFILE_NAMES, USUAL_PROFILE } from './registry.js';

/** Names of a dialect and of a profile; either tells the other. */
export interface DialectChoice {
  readonly dialect?: string | undefined;
  readonly profile?: string | undefined;
}

/**
 * The dialect that is asked for, by its name or by that of a profile, and the profile: by default the usual one. Throws
 * an `ArgumentError` that lists what there is.
 */
export function findDialect({ dialect, profile }: DialectChoice): {
  readonly entry: DialectEntry;
  readonly profile: string;
} {
  if (dialect !== undefined) {
    const names = DIALECTS.map(({ name }) => name);
    checkOneOf('dialect', dialect, names);
    const entry = DIALECTS.find(({ name }) => name === dialect) ?? DIALECTS[0];
    return { entry, profile: checkOneOf('profile', profile ?? entry.profiles[0], entry.profiles) };
  }
  const name = checkOneOf('profile', profile ?? USUAL_PROFILE, PROFILE_NAMES);
  return { entry: DIALECTS.find(({ profiles }) => profiles.includes(name)) ?? DIALECTS[0], profile: name };
}
