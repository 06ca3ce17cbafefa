import type { Kind } from './kind.js';
import { commandsQueued } from './kinds/commands.js';
import { drainedFile, drainedMemory } from './kinds/drained.js';
import { filtersInForce } from './kinds/filters.js';
import { triplesInLedger } from './kinds/ledger.js';
import { modulesAtOnce } from './kinds/modules.js';
import { openedFile, waitingMessages } from './kinds/outbox.js';
import { bytesWithoutEnd, chunksReceived, countedBytes } from './kinds/receiving.js';
import { resultsOutstanding } from './kinds/results.js';
import { traceLines } from './kinds/trace.js';
import { messagesUnread } from './kinds/unread.js';

/** All that grows, in the order of the table. */
export const KINDS = {
  'messages in the outbox': waitingMessages,
  'messages over a module': drainedMemory,
  'messages over a module, file': drainedFile,
  'messages in a file': openedFile,
  'messages unread': messagesUnread,
  filters: filtersInForce,
  'commands queued': commandsQueued,
  'results outstanding': resultsOutstanding,
  'bytes of a line': bytesWithoutEnd,
  'bytes of a payload': countedBytes,
  'chunks received': chunksReceived,
  'lines of a trace': traceLines,
  triples: triplesInLedger,
  modules: modulesAtOnce,
} as const satisfies Readonly<Record<string, Kind>>;

export type KindName = keyof typeof KINDS;

export const KIND_NAMES = Object.keys(KINDS) as KindName[];
