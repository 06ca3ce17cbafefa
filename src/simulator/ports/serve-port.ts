import { checkInteger } from '../../at/checks.js';
import { ArgumentError } from '../../errors/kinds.js';
import { serveMemory } from './memory-port.js';
import type { OnConnection, Port } from './port.js';
import { servePty } from './pty-port.js';
import { serveTcp } from './tcp-port.js';

/**
 * Serves `memory:` (a fresh name), `memory:name`, `tcp://host:port` (0 is a free port) or `pty:/path/of/link`. Rejects
 * with an `ArgumentError` for anything else.
 */
export async function servePort(listen: string, onConnection: OnConnection): Promise<Port> {
  const [scheme, rest] = splitScheme(listen);
  if (scheme === 'memory') return serveMemory(rest, onConnection);
  if (scheme === 'pty' && rest.startsWith('/')) return servePty(rest, onConnection);
  if (scheme === 'tcp' && URL.canParse(listen)) {
    const { hostname, port } = new URL(listen);
    const host = hostname.replace(/^\[|\]$/g, '');
    return serveTcp(host, checkInteger('listen', Number(port || 'none'), 0, 65535), onConnection);
  }
  throw new ArgumentError(
    'listen',
    JSON.stringify(listen),
    'memory:, memory:name, tcp://host:port or pty:/path',
  );
}

function splitScheme(listen: unknown): [string, string] {
  const match = typeof listen === 'string' ? /^([a-z]+):(.*)$/.exec(listen) : null;
  return [match?.[1] ?? '', match?.[2] ?? ''];
}
