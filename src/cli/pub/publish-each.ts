/**
 * Publishes payloads as they come. At most `limit` are under way, the source is read no faster than that; at the first
 * failure it is not read any more. Rejects with that failure, or with the source's own.
 */
export async function publishEach(
  source: (signal: AbortSignal) => AsyncIterable<Buffer>,
  limit: number,
  publish: (payload: Buffer) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const failed = new AbortController();
  const underWay = new Set<Promise<void>>();
  try {
    for await (const payload of source(AbortSignal.any([signal, failed.signal]))) {
      const sending: Promise<void> = publish(payload)
        .catch((error: unknown) => failed.abort(error))
        .finally(() => underWay.delete(sending));
      underWay.add(sending);
      if (underWay.size >= limit) await Promise.race(underWay);
    }
    await Promise.all(underWay);
  } catch (error) {
    failed.signal.throwIfAborted();
    throw error;
  }
  failed.signal.throwIfAborted();
}
