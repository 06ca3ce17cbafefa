/** Collects what a program must never see: warnings (too many listeners), rejections that nobody handles. */
export class ProcessWatch {
  readonly #complaints: string[] = [];
  readonly #onWarning = (warning: Error) => this.#complaints.push(`warning: ${warning.message}`);
  readonly #onRejection = (reason: unknown) =>
    this.#complaints.push(`unhandled rejection: ${String(reason)}`);

  constructor() {
    process.on('warning', this.#onWarning);
    process.on('unhandledRejection', this.#onRejection);
  }

  /** What was collected; nothing is from now on. */
  end(): string[] {
    process.off('warning', this.#onWarning);
    process.off('unhandledRejection', this.#onRejection);
    return this.#complaints;
  }
}
