import { findDialect, profileOf } from '../../../dialects/find.js';
import type { Step } from '../patient.js';
import { modelFinding } from './known-modules.js';

/** Which module it is, and what atmqtt knows of it. */
export const MODEL: Step = {
  name: 'model',
  title: 'model',
  needs: ['at'],
  examine: async ({ plan: { signal, profile: inUse, profileGiven: given, words }, modem }) => {
    const identity = await modem.get().identity({ signal });
    const known = await profileOf(identity);
    const own = known === undefined ? words : await findDialect({ profile: known }).entry.words();
    return modelFinding(identity, { known, inUse, given, words: own });
  },
};
