import type { Degradation } from '../dialects/dialect.js';

/** What the session goes on without, who refused it where that is known, and what follows, in one sentence. */
export function degradationText({ setting, consequence, refusedBy }: Degradation): string {
  return `${refusedBy === undefined ? '' : `the ${refusedBy} refused `}${setting}: ${consequence}`;
}
