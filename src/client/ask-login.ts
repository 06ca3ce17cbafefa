import type { SessionOptions } from '../dialects/dialect.js';
import { ArgumentError } from '../errors/kinds.js';
import { ModemError } from '../errors/modem-error.js';
import type { Modem } from '../modem/modem.js';
import { untilAborted } from '../modem/until-aborted.js';
import type { AskLogin, Login } from './login.js';
import type { ClientSettings } from './options.js';
import { checkSession, withLogin } from './session-options.js';

/**
 * The session with its login, which is asked for if the settings say so. Rejects with what the asked one says (an error
 * that is no `ModemError` as `CONNECT_FAILED`), with an `ArgumentError` if its answer cannot be used, with `ABORTED`.
 */
export async function sessionToOpen(
  modem: Modem,
  settings: ClientSettings,
  signal: AbortSignal,
): Promise<SessionOptions> {
  const { login, session } = settings;
  const options = withLogin(session, login === undefined ? {} : await ask(login, modem, signal));
  checkSession(options, settings);
  return options;
}

/** One that does not heed its signal holds up nobody. */
async function ask(login: AskLogin, modem: Modem, signal: AbortSignal): Promise<Login> {
  const asked = (async () => login(modem, { signal }))();
  const answer: unknown = await untilAborted(asked, signal).catch(throwModemError);
  if (typeof answer === 'object' && answer !== null) return answer;
  // What it is instead may be a token.
  throw new ArgumentError(
    'login',
    typeof answer,
    'a function that gives an object',
    `login must be a function that gives an object (it gave: ${typeof answer})`,
  );
}

function throwModemError(cause: unknown): never {
  if (cause instanceof ModemError) throw cause;
  const reason = cause instanceof Error ? cause.message : String(cause);
  throw new ModemError('CONNECT_FAILED', `there is no login: ${reason}`, { cause });
}
