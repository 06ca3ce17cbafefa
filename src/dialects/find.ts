import { checkOneOf } from '../at/checks.js';
import type { BootLines, ModuleKind } from '../modem/module-kind.js';
import type { ModuleNames } from './dialect.js';
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

/** Everything that a module can be: boot lines of all dialects, and the commands of the first. */
export async function anyModule(): Promise<ModuleKind> {
  const [first, ...others] = await Promise.all([
    DIALECTS[0].identity(),
    ...DIALECTS.slice(1).map(({ identity }) => identity()),
  ]);
  const of = (part: keyof BootLines): string[] => [first, ...others].flatMap(({ boot }) => boot[part]);
  return {
    boot: {
      ...{ starting: of('starting'), powerDown: of('powerDown') },
      ...{ ready: of('ready'), banners: of('banners') },
    },
    commands: first.commands,
  };
}

/** The profile that the names of a module fit, or undefined: no dialect knows it. */
export async function profileOf(names: ModuleNames): Promise<string | undefined> {
  for (const { identity } of DIALECTS) {
    const profile = (await identity()).profileOf(names);
    if (profile !== undefined) return profile;
  }
  return undefined;
}
