import { ModemError } from '../errors/modem-error.js';

/** The value, or undefined when the module refuses the command or answers in a way that is not known. */
export async function ifSupported<V>(request: Promise<V>): Promise<V | undefined> {
  try {
    return await request;
  } catch (error) {
    if (isRefusal(error)) return undefined;
    throw error;
  }
}

/** What became of one of several questions. */
export type Told<V> =
  | { readonly value: V; readonly problem?: never }
  | { readonly value?: never; readonly problem: ModemError };

/** The value, or why this one question has none: refused, answered strangely, or not in time. Rejects with all else. */
export async function told<V>(request: Promise<V>): Promise<Told<V>> {
  try {
    return { value: await request };
  } catch (error) {
    if (isRefusal(error) || isTimeout(error)) return { problem: error };
    throw error;
  }
}

/** Whether a question was not answered in time: the next one may be. */
export function isTimeout(error: unknown): error is ModemError {
  return error instanceof ModemError && error.code === 'TIMEOUT';
}

function isRefusal(error: unknown): error is ModemError {
  return error instanceof ModemError && (error.code === 'COMMAND_FAILED' || error.code === 'BAD_RESPONSE');
}
