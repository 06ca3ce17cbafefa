import { ModemError } from '../errors/modem-error.js';

/** Whether the port is a simulated module within this process. */
export function isSimulated(port: string): boolean {
  return /^sim:/i.test(port);
}

/** The port that was given. For `sim:` the simulator is loaded, which makes the scheme known. */
export async function requirePort(port: string | undefined): Promise<string> {
  if (port === undefined) {
    throw new ModemError(
      'INVALID_ARGUMENT',
      'no port: give -p <port> or set ATMQTT_PORT; `atmqtt ports` lists the serial ports',
    );
  }
  if (isSimulated(port)) await import('../simulator/simulated-modem.js');
  return port;
}
