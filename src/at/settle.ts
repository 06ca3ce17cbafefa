import { CommandError } from '../errors/kinds.js';
import { ModemError } from '../errors/modem-error.js';
import type { Exchange } from './exchange.js';
import type { Job } from './job.js';
import type { FinalResult } from './result-codes.js';
import type { ResultStages } from './result-stages.js';

/** What a final result code means for its job: failure, the value of the response, or the wait for the result URC. */
export function settle(job: Job, exchange: Exchange, final: FinalResult, results: ResultStages): void {
  if (!final.ok) {
    results.forget(job);
    job.reject(new CommandError(final.text, final.number, final.meaning, job.context()));
  } else if (exchange.unprompted) {
    results.forget(job);
    job.reject(badResponse(job, 'OK without asking for the payload'));
  } else if (job.request.result !== undefined) {
    results.accept(job);
  } else {
    complete(job, exchange);
  }
}

/** A declaration that throws must not leave its request unsettled. */
function complete(job: Job, exchange: Exchange): void {
  let value: unknown;
  try {
    value = job.request.parse(exchange.lines);
  } catch (cause) {
    job.reject(badResponse(job, 'something that cannot be parsed', cause));
    return;
  }
  if (value === undefined) job.reject(badResponse(job, 'something that is not understood'));
  else job.resolve(value);
}

function badResponse(job: Job, what: string, cause?: unknown): ModemError {
  const context = { ...job.context(), cause };
  return new ModemError('BAD_RESPONSE', `${job.request.line}: the module answered ${what}`, context);
}
