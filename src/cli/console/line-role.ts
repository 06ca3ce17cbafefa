import type { Line } from '../../at/line.js';
import { parseFinalResult } from '../../at/result-codes.js';
import { bootMarker } from '../../modem/boot-markers.js';
import { WORDS } from '../decode/dialect-words.js';
import { knownLine } from '../decode/known-commands.js';

/** Lists the commands that the module knows. */
const LIST_COMMANDS = '+CLAC';

/** What a line of the module is: `urc` is whatever was not asked for, result URCs among them. */
export type LineRole = 'echo' | 'ok' | 'failure' | 'response' | 'urc';

/** `pending` is the command line whose final result code has not come. */
export function lineRole(line: Line, pending: string | undefined): LineRole {
  const { text, payload } = line;
  if (payload === undefined && text === pending) return 'echo';
  const final = payload === undefined ? parseFinalResult(text) : undefined;
  if (final !== undefined) return final.ok ? 'ok' : 'failure';
  if (pending === undefined || bootMarker(text) === 'certain') return 'urc';
  return isResponse(line, pending) ? 'response' : 'urc';
}

function isResponse(line: Line, pending: string): boolean {
  const { text } = line;
  const { command } = knownLine(pending) ?? {};
  if (command?.result !== undefined) return false;
  if (command?.response.owns(text)) return true;
  if (WORDS.some(({ urcs }) => urcs.some((urc) => urc.parse(line) !== undefined))) return false;
  if (command !== undefined) return command.response.bare === true && !/^[+^]/.test(text);
  // A command that is not declared answers under its name, or with bare text.
  const name = /^AT([+^&*%$#]?[A-Z0-9_]+)/i.exec(pending)?.[1]?.toUpperCase();
  // TS 27.007 8.37: the answer is a list of names.
  if (name === LIST_COMMANDS) return true;
  return !/^[+^]/.test(text) || (name !== undefined && text.toUpperCase().startsWith(name));
}
