import { ArgumentError } from '../../errors/kinds.js';
import { isModuleName } from '../options/module-option.js';

const NAME = /^[a-z\d][a-z\d._-]{0,63}$/i;

/** Whether the name can be that of a profile: it becomes the name of a file. */
export function isProfileName(name: string): boolean {
  return NAME.test(name) && !isModuleName(name);
}

/** Throws an `ArgumentError` for `field`. */
export function checkProfileName(name: string, field: string): void {
  if (isModuleName(name)) {
    throw new ArgumentError(field, JSON.stringify(name), `a profile; for the module give --module ${name}`);
  }
  if (!NAME.test(name)) {
    throw new ArgumentError(
      field,
      JSON.stringify(name),
      'at most 64 letters, digits, dots, dashes and underscores, with a letter or digit first',
    );
  }
}
