import { fixedRequest, type Nothing, type OneStageCommand } from '../command.js';
import { informationText } from '../parameters.js';
import { DEFAULT_LIMITS } from './limits.js';

/** `+CSQ`, `AT+CSQ` or `&F`: a line is a command with its prefix or without. */
const NAME = /^(?:AT)?([&+^#$%*]?[A-Z][A-Z0-9_]*)$/i;

/**
 * `AT+CLAC`: the commands of the module, e.g. `AT+CSQ`, a line each. TS 27.007 8.37. Some firmware has several in a line,
 * with `+CLAC: ` before them.
 */
export const COMMAND_LIST: OneStageCommand<Nothing, readonly string[]> = {
  name: '+CLAC',
  form: 'action',
  request: fixedRequest('AT+CLAC'),
  response: {
    bare: true,
    format: (names) => names.map((name) => ({ text: `AT${name}` })),
    parse: (lines) => lines.flatMap(({ text }) => listed(text).flatMap((word) => NAME.exec(word)?.[1] ?? [])),
    owns: (text) => listed(text).every((word) => NAME.test(word)),
  },
  limits: DEFAULT_LIMITS,
  abortable: false,
};

function listed(text: string): string[] {
  return (informationText(text, '+CLAC') ?? text).split(',').map((word) => word.trim());
}
