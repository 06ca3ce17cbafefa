import type { Exchange } from './exchange.js';
import type { Job } from './job.js';
import type { LateCommand } from './resync-options.js';

/** What a resynchronisation must know of a command whose answer, or prompt, may still come. */
export function lateCommand({ request }: Job, exchange: Exchange): LateCommand {
  const { line, payload, counted, owns } = request;
  return { line, counted, owns, payload: exchange.unprompted ? payload : undefined };
}
