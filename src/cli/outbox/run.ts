import { OutboxFile } from '../../client/outbox/outbox-file.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Invocation } from '../invocation.js';
import type { OutboxCommandOptions } from './command.js';
import { list } from './list.js';
import { purge } from './purge.js';

export async function run(options: OutboxCommandOptions, invocation: Invocation): Promise<ExitCode> {
  const { file: path, action, failed = false } = options;
  const file = await OutboxFile.open(path, { create: false });
  try {
    if (action === 'list') await list(file, options, invocation);
    if (action === 'purge') await purge(file, options, invocation);
    if (action === 'flush' && failed) sendAgain(file);
  } finally {
    file.close();
  }
  if (action === 'flush') await flushFile(options, invocation);
  return EXIT.DONE;
}

/** To look into the file, or to delete what is in it, takes no client. */
async function flushFile(options: OutboxCommandOptions, invocation: Invocation): Promise<void> {
  const { flush } = await import('./flush.js');
  await flush(options.file, options, invocation);
}

/** Those that were set aside get as many attempts as new ones, at their old place. */
function sendAgain(file: OutboxFile): void {
  const tried = file.load().messages.filter(({ failure }) => failure !== undefined);
  const fresh = { attempts: 0, failure: undefined };
  file.write({
    added: [],
    tried: new Map(tried.map(({ message }) => [message.id, fresh])),
    removed: new Set(),
  });
}
