import type { SimulatedDialect } from '../simulator/module/simulated-dialect.js';
import type { Dialect, DialectIdentity } from './dialect.js';
import type { DialectWords } from './words.js';

/** A dialect with its faces, each loaded when it is asked for. */
export interface DialectEntry {
  readonly name: string;
  /** The profiles of its modules, the usual one first; no two dialects share a name. */
  readonly profiles: readonly [string, ...string[]];
  identity(): Promise<DialectIdentity>;
  driver(): Promise<Dialect>;
  words(): Promise<DialectWords>;
  simulated(): Promise<SimulatedDialect>;
}

/** The dialects that there are. Nothing is loaded with this file: the command line needs the names alone. */
export const DIALECTS: readonly [DialectEntry, ...DialectEntry[]] = [
  {
    name: 'lmqtt',
    profiles: ['nt26', 'nt35e'],
    identity: async () => (await import('./lmqtt/identity.js')).LMQTT_IDENTITY,
    driver: async () => (await import('./lmqtt/dialect.js')).LMQTT,
    words: async () => (await import('./lmqtt/words/words.js')).LMQTT_WORDS,
    simulated: async () => (await import('./lmqtt/simulated/simulated.js')).SIMULATED_LMQTT,
  },
];

/** The names of all profiles. */
export const PROFILE_NAMES: readonly string[] = DIALECTS.flatMap(({ profiles }) => profiles);

/** What a module is taken for of which nothing is known. */
export const USUAL_PROFILE: string = DIALECTS[0].profiles[0];
