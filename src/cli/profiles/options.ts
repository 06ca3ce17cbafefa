import type { GlobalOptions } from '../options/global-options.js';

export const ACTIONS = ['list', 'show', 'delete'] as const;

export interface ProfilesOptions extends GlobalOptions {
  readonly action: (typeof ACTIONS)[number];
  readonly name?: string;
}
