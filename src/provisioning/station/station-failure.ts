import { FAILURES, type FailureCode } from '../failures.js';

/** Why a unit fails, as the steps of the station throw it. */
export class StationFailure extends Error {
  readonly code: FailureCode;

  /** `detail` is about the case at hand; it holds no secret. */
  constructor(code: FailureCode, detail?: string, options?: { readonly cause?: unknown }) {
    const { sentence } = FAILURES[code];
    super(detail === undefined ? sentence : `${sentence}: ${detail}`, options);
    this.name = 'StationFailure';
    this.code = code;
  }
}
