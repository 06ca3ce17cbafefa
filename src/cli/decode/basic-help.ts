import {
  AUTO_ANSWER,
  CALL_RESULTS,
  CAPABILITIES,
  CARRIER_DETECT,
  FACTORY_SETTINGS,
  HANG_UP,
  IDENTIFICATION,
  RESET,
  RESULT_CODES,
  SET_AUTO_ANSWER,
  TERMINAL_READY,
  VERBOSE_RESULTS,
} from '../../at/commands/basic.js';
import { COMMAND_LIST, FUNCTIONALITY } from '../../at/commands/control.js';
import {
  GENERIC_MANUFACTURER,
  GENERIC_MODEL,
  GENERIC_REVISION,
  GENERIC_SERIAL_NUMBER,
  NUMBERED_SERIAL_NUMBER,
} from '../../at/commands/identity.js';
import { NETWORKS_IN_REACH, OPERATOR, SET_OPERATOR } from '../../at/commands/operator.js';
import { PDP_CONTEXTS } from '../../at/commands/pdp.js';
import { CIRCUIT_REGISTRATION, SET_CIRCUIT_REGISTRATION_REPORTING } from '../../at/commands/registration.js';
import { type AnyCommand, type CommandHelp, commandHelp, type FieldHelp } from '../../dialects/words.js';

/** One that has no parameters: its line is its syntax. */
function plain(command: AnyCommand, line: string, about: string, source: string): CommandHelp {
  return commandHelp(command, { about, syntax: line, example: line, source: `${source} [D]` });
}

function numbered(
  command: AnyCommand,
  start: string,
  about: string,
  field: FieldHelp,
  source: string,
): CommandHelp {
  const example = `${start}${/\d/.exec(field[1])?.[0] ?? '0'}`;
  return commandHelp(command, {
    about,
    syntax: `${start}<${field[0]}>`,
    example,
    fields: [field],
    source: `${source} [D]`,
  });
}

/** What any module answers: the basic commands of V.250, and those of TS 27.007 that atmqtt itself has no use for. */
export const BASIC_HELP: readonly CommandHelp[] = [
  plain(IDENTIFICATION, 'ATI', 'who the module is, in its own words', 'V.250 6.1.3'),
  plain(RESET, 'ATZ', 'back to the settings of power-on', 'V.250 6.1.1'),
  plain(FACTORY_SETTINGS, 'AT&F', 'back to the settings of the factory', 'V.250 6.1.2'),
  numbered(RESULT_CODES, 'ATQ', 'whether result codes are sent', ['value', '0 they are'], 'V.250 6.2.5'),
  numbered(
    VERBOSE_RESULTS,
    'ATV',
    'result codes as words',
    ['value', '1 words, which atmqtt needs'],
    'V.250 6.2.6',
  ),
  numbered(CALL_RESULTS, 'ATX', 'which words tell of a call', ['value', '0 to 4'], 'V.250 6.2.7'),
  numbered(CARRIER_DETECT, 'AT&C', 'what DCD shows', ['value', '0 always on, 1 the carrier'], 'V.250 6.2.8'),
  numbered(
    TERMINAL_READY,
    'AT&D',
    'what the module does when DTR falls',
    ['value', '0 nothing, 1 command state, 2 ends the call'],
    'V.250 6.2.9',
  ),
  plain(HANG_UP, 'ATH', 'end a call', 'V.250 6.3.6'),
  numbered(
    SET_AUTO_ANSWER,
    'ATS0=',
    'after how many rings a call is answered',
    ['rings', '0 never, up to 255'],
    'V.250 6.3.8',
  ),
  plain(AUTO_ANSWER, 'ATS0?', 'after how many rings is a call answered?', 'V.250 6.3.8'),
  plain(CAPABILITIES, 'AT+GCAP', 'which standards the module follows', 'V.250 6.1.9'),
  plain(COMMAND_LIST, 'AT+CLAC', 'the commands that the module knows', 'TS 27.007 8.37'),
  plain(FUNCTIONALITY, 'AT+CFUN?', 'is the radio on?', 'TS 27.007 8.2'),
  plain(GENERIC_MANUFACTURER, 'AT+GMI', 'manufacturer', 'V.250 6.1.4'),
  plain(GENERIC_MODEL, 'AT+GMM', 'model', 'V.250 6.1.5'),
  plain(GENERIC_REVISION, 'AT+GMR', 'revision of the firmware', 'V.250 6.1.6'),
  plain(GENERIC_SERIAL_NUMBER, 'AT+GSN', 'serial number, the IMEI', 'V.250 6.1.7'),
  plain(NUMBERED_SERIAL_NUMBER, 'AT+CGSN=0', 'serial number, the IMEI', 'TS 27.007 5.4'),
  plain(OPERATOR, 'AT+COPS?', 'which operator?', 'TS 27.007 7.3'),
  plain(NETWORKS_IN_REACH, 'AT+COPS=?', 'which networks are in reach? May take minutes', 'TS 27.007 7.3'),
  numbered(
    SET_OPERATOR,
    'AT+COPS=3,',
    'how the operator is named',
    ['format', '0 long name, 1 short name, 2 MCC and MNC'],
    'TS 27.007 7.3',
  ),
  plain(PDP_CONTEXTS, 'AT+CGDCONT?', 'PDP contexts with their APN', 'TS 27.007 10.1.1'),
  plain(CIRCUIT_REGISTRATION, 'AT+CREG?', 'registered for calls?', 'TS 27.007 7.2'),
  numbered(
    SET_CIRCUIT_REGISTRATION_REPORTING,
    'AT+CREG=',
    'which URCs tell of the registration for calls',
    ['n', '0 none, 1 with the status, 2 with the cell as well'],
    'TS 27.007 7.2',
  ),
];

/** Their declarations. */
export const BASIC_COMMANDS: readonly AnyCommand[] = BASIC_HELP.map(({ command }) => command);
