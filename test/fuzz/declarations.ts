import { readdirSync } from 'node:fs';
import type { Command } from '../../src/at/command.js';
import type { Urc } from '../../src/at/urc.js';
import * as GENERAL_URCS from '../../src/at/urcs.js';
import { COMMANDS, URCS, VENDOR_COMMANDS } from '../../src/dialects/lmqtt/declarations.js';

type AnyCommand = Command<unknown, unknown>;
type AnyUrc = Urc<unknown>;

/** What the modules of `src/at/commands` export; new declarations are found by themselves. */
async function exportsOfCommands(): Promise<unknown[]> {
  const url = new URL('../../src/at/commands/', import.meta.url);
  const files = readdirSync(url).filter((file) => /^[^.]+\.[jt]s$/.test(file));
  const modules = await Promise.all(files.map((file) => import(new URL(file, url).href)));
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
