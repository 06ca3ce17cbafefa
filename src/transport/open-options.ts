export interface OpenOptions {
  /** Gives up opening; what was half open is closed. */
  readonly signal?: AbortSignal;
  /** Limit in ms for opening, default 10 000. */
  readonly timeout?: number;
}
