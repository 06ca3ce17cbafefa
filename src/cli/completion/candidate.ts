/** Something that may stand at the cursor. */
export interface Candidate {
  /** The whole word. */
  readonly word: string;
  readonly help: string;
}
