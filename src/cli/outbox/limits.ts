/** A command line has no program behind it that could wait for room: what it is given must fit. */
export const OUTBOX_LIMITS = { maxMessages: 100_000, maxBytes: 256 * 1024 * 1024 };
