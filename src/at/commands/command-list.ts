import { fixedRequest, type Nothing, type OneStageCommand } from '../command.js';
import { DEFAULT_LIMITS } from './limits.js';

/** `+CSQ`, `AT+CSQ` or `&F`: a line is a command with its prefix or without. */
const NAME = /^(?:AT)?([&+^#$%*]?[A-Z][A-Z0-9_]*)$/i;

/** `AT+CLAC`: the commands of the module, e.g. `AT+CSQ`, a line each. TS 27.007 8.37. */
export const COMMAND_LIST: OneStageCommand<Nothing, readonly string[]> = {
  name: '+CLAC',
  form: 'action',
  request: fixedRequest('AT+CLAC'),
  response: {
    bare: true,
    format: (names) => names.map((name) => ({ text: `AT${name}` })),
    parse: (lines) => lines.flatMap(({ text }) => NAME.exec(text)?.[1] ?? []),
    owns: (text) => NAME.test(text),
  },
  limits: DEFAULT_LIMITS,
  abortable: false,
};
