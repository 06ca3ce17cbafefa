import type { OutboxSettings } from './options.js';
import { Outbox } from './outbox.js';

/** An outbox with what earlier runs left in its file; what only a file needs is loaded then. Rejects with `OUTBOX_BUSY` and `OUTBOX_UNUSABLE`. */
export async function openOutbox(settings: OutboxSettings): Promise<Outbox> {
  if (settings.file === undefined) return new Outbox(settings);
  const { OutboxFile } = await import('./outbox-file.js');
  const file = await OutboxFile.open(settings.file);
  try {
    return new Outbox(settings, file, file.load());
  } catch (error) {
    file.close();
    throw error;
  }
}
