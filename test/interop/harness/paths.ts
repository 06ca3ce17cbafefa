import { resolve } from 'node:path';

/** The compiled runner lives elsewhere, so files beside the sources are found from the project's folder. */
export const PROJECT = process.cwd();
const INTEROP = resolve(PROJECT, 'test/interop');

/** A file of `test/interop`. */
export function inInterop(name: string): string {
  return resolve(INTEROP, name);
}
