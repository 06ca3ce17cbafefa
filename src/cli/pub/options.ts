import type { Qos } from '../../dialects/dialect.js';
import { ModemError } from '../../errors/modem-error.js';
import type { ConnectionOptions } from '../options/connection-options.js';
import type { ModemOptions } from '../options/global-options.js';

/** Where the payloads come from. */
export interface SourceOptions {
  readonly message?: string;
  readonly file?: string;
  readonly stdinLine?: boolean;
  readonly nullMessage?: boolean;
  readonly stdinFile?: boolean;
}

export interface PubOptions extends ModemOptions, ConnectionOptions, SourceOptions {
  readonly topic: string;
  readonly qos: Qos;
  readonly retain?: boolean;
  readonly outbox?: string;
}

type Source = keyof SourceOptions;

const SOURCES: readonly Source[] = ['message', 'file', 'stdinLine', 'nullMessage', 'stdinFile'];

/** The one source that was given. Throws `INVALID_ARGUMENT` for none and for several. */
export function chosenSource(options: SourceOptions): Source {
  const [source, another] = SOURCES.filter((name) => options[name] !== undefined);
  if (source !== undefined && another === undefined) return source;
  const found = source === undefined ? 'nothing to publish' : 'more than one thing to publish';
  throw new ModemError('INVALID_ARGUMENT', `${found}: give exactly one of -m, -f, -l, -n, -s`);
}
