/** Thrown where something cannot be run, as what it needs is not there; the message says why. */
export class NotRun extends Error {}

/** What came of it, or the reason why it did not run. */
export async function unlessMissing<T>(run: () => Promise<T>): Promise<T | { readonly notRun: string }> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof NotRun) return { notRun: error.message };
    throw error;
  }
}
