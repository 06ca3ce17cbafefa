import { digestAll } from './digest.js';

if (globalThis.gc === undefined) throw new Error('to be run with --expose-gc');
process.send?.(digestAll(globalThis.gc));
