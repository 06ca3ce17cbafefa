import type { Duplex } from 'node:stream';
import { openTransport } from '../../../transport/open.js';
import { traced } from '../../../transport/trace.js';
import type { Plan } from '../patient.js';

/** Opens the port, with the trace on it that was asked for. Rejects as `openTransport`. */
export async function openLine({ modemOptions, signal }: Plan, source: string): Promise<Duplex> {
  const { trace, traceSecrets = false } = modemOptions;
  const stream = await openTransport(source, { signal });
  return trace === undefined ? stream : traced(stream, trace, { secrets: traceSecrets });
}
