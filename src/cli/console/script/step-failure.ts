/** Why a step of a script failed; `line` of the script, if it is another one than that of the step. */
export class StepFailure extends Error {
  readonly line: number | undefined;

  constructor(reason: string, line?: number) {
    super(reason);
    this.line = line;
  }
}
