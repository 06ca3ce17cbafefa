import { ArgumentError } from '../../errors/kinds.js';
import { readTrace } from '../../transport/trace-source.js';
import { ScriptBuilder, type Turn } from './script.js';

/**
 * Reads a recording of `--trace`. `port` chooses one of those in the recording of a station. Rejects with an
 * `ArgumentError` if the file cannot be read, is no trace, or holds several ports and none is chosen.
 */
export async function loadScript(path: string, port?: string): Promise<readonly Turn[]> {
  const builder = new ScriptBuilder();
  const ports = new Set<string | undefined>();
  for await (const items of readTrace(path)) {
    for (const item of items) {
      if (item.kind !== 'entry') continue;
      ports.add(item.entry.port);
      if (port === undefined || item.entry.port === port) builder.take(item);
    }
  }
  const names = [...ports].map((name) => JSON.stringify(name ?? ''));
  if (port === undefined ? ports.size > 1 : !ports.has(port)) {
    throw new ArgumentError(
      'port',
      port === undefined ? 'none' : JSON.stringify(port),
      `one of ${names.join(', ')}`,
    );
  }
  return builder.finish();
}
