import type { BootLines, ModuleKind } from '../modem/module-kind.js';
import type { ModuleNames } from './identity.js';
import { DIALECTS } from './registry.js';

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
