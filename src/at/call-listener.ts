/**
 * Calls a listener of the user. What it throws becomes an uncaught exception, as from any event listener, but in a
 * tick of its own: the bytes and requests under way do not suffer from it.
 */
export function callListener(listener: () => void): void {
  try {
    listener();
  } catch (error) {
    process.nextTick(() => {
      throw error;
    });
  }
}
