import { readdirSync } from 'node:fs';
import { basename, extname } from 'node:path';
import type { Command } from '../../../src/at/command.js';
import type { Urc } from '../../../src/at/urc.js';
import * as GENERAL_URCS from '../../../src/at/urcs.js';
import { COMMANDS, URCS, VENDOR_COMMANDS } from '../../../src/dialects/lmqtt/declarations.js';
import { inProject } from '../shared/project.js';

type AnyCommand = Command<unknown, unknown>;
type AnyUrc = Urc<unknown>;

/** What the modules of `src/at/commands` export; new declarations are found by themselves. */
async function exportsOfCommands(): Promise<unknown[]> {
  // Named by the sources: what is compiled may be left over from a file that is gone.
  const names = readdirSync(inProject('src/at/commands')).map((file) => basename(file, '.ts'));
  const compiled = names.map((name) => `../../../src/at/commands/${name}${extname(import.meta.filename)}`);
  const modules = await Promise.all(compiled.map((file) => import(new URL(file, import.meta.url).href)));
  return modules.flatMap((module) => Object.values(module as object));
}

function isCommand(value: unknown): value is AnyCommand {
  return typeof value === 'object' && value !== null && 'request' in value && 'limits' in value;
}

function isUrc(value: unknown): value is AnyUrc {
  return typeof value === 'object' && value !== null && 'parse' in value && 'name' in value;
}

export const ALL_COMMANDS: readonly AnyCommand[] = [
  ...COMMANDS,
  ...VENDOR_COMMANDS,
  ...(await exportsOfCommands()).filter(isCommand),
];

export const ALL_URCS: readonly AnyUrc[] = [...URCS, ...Object.values<unknown>(GENERAL_URCS).filter(isUrc)];
