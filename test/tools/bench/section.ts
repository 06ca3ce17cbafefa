/** What one part of the benchmark found out. */
export interface Section {
  /** What holds on any machine; printed first. */
  readonly ratios: Readonly<Record<string, number>>;
  /** For `--json`. */
  readonly data: Readonly<Record<string, unknown>>;
  /** For people. */
  readonly lines: readonly string[];
}
