/** The outcome of a promise; rejects when the time, in ms, is over first. */
export async function limited<T>(promise: Promise<T>, ms: number, what: string): Promise<T> {
  let limit: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    limit = setTimeout(() => reject(new Error(`${what}: not done in ${ms / 1000} s`)), ms);
  });
  // What comes after the limit is nobody's any more.
  promise.catch(() => {});
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(limit);
  }
}
