import { ArgumentError } from '../../errors/kinds.js';
import type { AttemptRecord } from './ledger-types.js';

/** An attempt at a module of this IMEI is under way: nobody else may touch its triple. */
export class ImeiInUse extends ArgumentError {
  /** The one that is under way. */
  readonly attempt: AttemptRecord;

  constructor(attempt: AttemptRecord) {
    const { imei, station, port } = attempt;
    super('imei', imei, `one that nobody works on: station ${station} does, on ${port}`);
    this.attempt = attempt;
  }
}
