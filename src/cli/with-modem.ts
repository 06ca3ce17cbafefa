import { openModem } from '../dialects/open-modem.js';
import type { Modem } from '../modem/modem.js';
import type { OpenModemOptions } from '../modem/open-options.js';
import type { Invocation } from './invocation.js';
import type { ModemOptions } from './options/global-options.js';
import { requirePort } from './port.js';
import { startTracing } from './tracing.js';

/** Opens the port with what the options say, and closes everything behind `use`. */
export async function withPort<T>(
  options: ModemOptions,
  { log, signal }: Invocation,
  use: (port: string, modemOptions: OpenModemOptions) => Promise<T>,
): Promise<T> {
  const port = await requirePort(options);
  const { trace, traceSecrets, close } = startTracing({ ...options, port }, log);
  try {
    return await use(port, {
      signal,
      ...(trace === undefined ? {} : { trace, traceSecrets }),
      ...(options.startTimeout === undefined ? {} : { startTimeout: options.startTimeout }),
    });
  } finally {
    close();
  }
}

/** Runs `use` with an open module. */
export function withModem<T>(
  options: ModemOptions,
  invocation: Invocation,
  use: (modem: Modem) => Promise<T>,
): Promise<T> {
  return withPort(options, invocation, async (port, modemOptions) => {
    const modem = await openModem(port, modemOptions);
    try {
      return await use(modem);
    } finally {
      await modem.close();
    }
  });
}
