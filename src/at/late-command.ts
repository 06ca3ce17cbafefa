import type { Exchange } from './exchange.js';
import type { Job } from './job.js';
import type { LateCommand, OpenPrompt } from './resync-options.js';

/** What a resynchronisation must know of a command whose answer, or prompt, may still come. */
export function lateCommand({ request }: Job): LateCommand {
  const { line, counted, owns } = request;
  return { line, counted, owns };
}

/**
 * The prompt at which the module may be for as long as the command is not answered. A line without a payload that lost
 * bytes on its way can lead to one as well: `"t",1,"5"` becomes `"t",15`.
 */
export function openPrompt({ request }: Job, exchange: Exchange): OpenPrompt | undefined {
  const { data, payload } = request;
  return data && { ...data, payload: exchange.unprompted ? payload : undefined };
}
