/** A contender that cannot be had here; the message says why. */
export class NotRun extends Error {}

/** What it measured, or the reason why it did not run. */
export async function unlessMissing<T>(run: () => Promise<T>): Promise<T | { readonly notRun: string }> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof NotRun) return { notRun: error.message };
    throw error;
  }
}
