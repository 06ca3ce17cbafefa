import { ModemError } from '../errors/modem-error.js';

/** What the options say of the port. */
interface ChosenPort {
  readonly port?: string | undefined;
  /** Bit/s. */
  readonly baud?: number | undefined;
}

/** Whether the port is a simulated module within this process. */
export function isSimulated(port: string): boolean {
  return /^sim:/i.test(port);
}

/**
 * The port that was given, at the rate that was given. For `sim:` the simulator is loaded, which makes the scheme known.
 * Throws `INVALID_ARGUMENT`, and `UNSUPPORTED` for a rate of a port that has none.
 */
export async function requirePort({ port, baud }: ChosenPort): Promise<string> {
  if (port === undefined) {
    throw new ModemError(
      'INVALID_ARGUMENT',
      'no port: give -p <port> or set ATMQTT_PORT; `atmqtt ports` lists the serial ports',
    );
  }
  if (/^\d+$/.test(port)) {
    throw new ModemError(
      'INVALID_ARGUMENT',
      `-p ${port}: give the port of the module, e.g. /dev/ttyUSB0; ` +
        `the port of the broker belongs to its URL: -b mqtt://host:${port}`,
    );
  }
  await refuseSlot(port);
  if (isSimulated(port)) await import('../simulator/simulated-modem.js');
  if (baud === undefined) return port;
  const { withBaudRate } = await import('./baud-rate.js');
  return withBaudRate(port, baud);
}

async function refuseSlot(text: string): Promise<void> {
  if (!text.includes('=')) return;
  const { parsePort } = await import('../provisioning/station/station-port.js');
  const { slot, port } = parsePort(text);
  if (slot === undefined) return;
  throw new ModemError(
    'INVALID_ARGUMENT',
    `-p ${JSON.stringify(text)}: only \`atmqtt provision run\` takes slot names, here give -p ${port}`,
  );
}
