/** The TE wrote something else than in the recording. Texts are readable, without secrets. */
export interface Mismatch {
  /** Line of the file where the expected one stands; undefined: the recording has ended. */
  readonly line: number | undefined;
  readonly expected: string | undefined;
  readonly received: string;
  /**
   * `answered` as recorded: the same command with other parameters, or another payload. `skipped`: it stands a little
   * further on, and the play goes on from there. `refused` with `ERROR`: the play stays where it is.
   */
  readonly outcome: 'answered' | 'skipped' | 'refused';
}
