import type { EntryOptions, KeptMessages } from '../../../src/client/outbox/entry.js';
import type { ChangeFile, Changes } from '../../../src/client/outbox/file-store.js';
import { type OutboxOptions, outboxSettings } from '../../../src/client/outbox/options.js';
import { Outbox } from '../../../src/client/outbox/outbox.js';
import type { Qos } from '../../../src/dialects/dialect.js';
import type { ModemError } from '../../../src/errors/modem-error.js';

/** Keeps what would be in a file, and counts commits. */
export class MemoryFile implements ChangeFile {
  capacity = Number.POSITIVE_INFINITY;
  readonly rows = new Map<number, string>();
  commits = 0;
  /** How often. */
  closed = 0;
  touchedAfterEnd = false;
  broken: ModemError | undefined;
  /** Takes nothing new. */
  full: ModemError | undefined;

  write({ added, tried, removed }: Changes): void {
    if (this.closed > 0) this.touchedAfterEnd = true;
    if (this.broken !== undefined) throw this.broken;
    if (this.full !== undefined && added.length > 0) throw this.full;
    this.commits += 1;
    for (const { id, payload } of added) this.rows.set(id, payload.toString());
    for (const [id, { attempts, failure }] of tried) this.rows.set(id, `${attempts} ${failure}`);
    for (const id of removed) this.rows.delete(id);
  }

  close(): void {
    this.closed += 1;
  }
}

/** An outbox on such a file; `told` is what its handlers hear. */
export function outboxOf(options: OutboxOptions = {}, kept?: KeptMessages) {
  const file = new MemoryFile();
  const outbox = new Outbox(outboxSettings(options), file, kept);
  const told: string[] = [];
  outbox.listen({
    changed: () => {},
    delivered: ({ id }) => told.push(`delivered ${id}`),
    undelivered: ({ id }, { code }) => told.push(`undelivered ${id} ${code}`),
    trouble: ({ code }) => told.push(`trouble ${code}`),
  });
  const publish = (text: string, qos: Qos = 1, entry: EntryOptions = {}) =>
    outbox.publish({ topic: 't', payload: Buffer.from(text), qos, retain: false }, entry);
  return { outbox, file, told, publish };
}
