import { fileURLToPath } from 'node:url';

/** With a slash at its end. */
export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

declare module 'vitest' {
  interface ProvidedContext {
    /** The packed package, a file. */
    readonly tarball: string;
    /** Folder of a project that has it installed. */
    readonly project: string;
    /** Folder of `tools/`, installed. */
    readonly tools: string;
  }
}
