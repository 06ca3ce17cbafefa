import { ModemError } from '../errors/modem-error.js';

/** The value, or undefined when the module refuses the command or answers in a way that is not known. */
export async function ifSupported<V>(request: Promise<V>): Promise<V | undefined> {
  try {
    return await request;
  } catch (error) {
    const unsupported =
      error instanceof ModemError && (error.code === 'COMMAND_FAILED' || error.code === 'BAD_RESPONSE');
    if (unsupported) return undefined;
    throw error;
  }
}
