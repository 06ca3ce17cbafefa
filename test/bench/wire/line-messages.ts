/** `reset` and `report` are answered with a `LineReport`; a flood is so many messages of so many bytes to the module. */
export type ToLine =
  | { readonly kind: 'reset' | 'report' }
  | { readonly kind: 'flood'; readonly count: number; readonly bytes: number };

/** What passed the line since the last reset. */
export interface LineReport {
  /** Bytes to the module. */
  readonly written: number;
  /** Bytes from the module. */
  readonly read: number;
  /** ms from the first byte to the module to the last `OK` from it. */
  readonly elapsed: number;
}
