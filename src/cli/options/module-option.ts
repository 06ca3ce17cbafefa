import { Option } from 'commander';
import type { ProfileName } from '../../dialects/lmqtt/profiles.js';

/** The modules of the dialect, by the names of their profiles in the library. */
const MODULES = ['nt26', 'nt35e'] as const satisfies readonly ProfileName[];

export function isModuleName(name: string): name is ProfileName {
  return (MODULES as readonly string[]).includes(name);
}

/** Which module it is. */
export function moduleOption(description = 'the module (default: nt26)'): Option {
  return new Option('--module <name>', description).choices(MODULES);
}
