import { CELLS } from '../../../at/commands/lierda.js';
import { PDP_ADDRESSES } from '../../../at/commands/pdp.js';
import { ATTACHMENT, REGISTRATION, SET_REGISTRATION_REPORTING } from '../../../at/commands/registration.js';
import { EXTENDED_SIGNAL_QUALITY, SIGNAL_QUALITY } from '../../../at/commands/signal.js';
import { type CommandHelp, commandHelp } from './command-help.js';

/** The network. */
export const NETWORK_HELP: readonly CommandHelp[] = [
  commandHelp(SET_REGISTRATION_REPORTING, {
    about: 'which URCs tell of the registration',
    syntax: 'AT+CEREG=<n>',
    example: 'AT+CEREG=2',
    fields: [['n', '0 none, 1 with the status, 2 with the cell as well']],
    source: 'TS 27.007 10.1.22 [D]',
  }),
  commandHelp(REGISTRATION, {
    about: 'registered with a network?',
    syntax: 'AT+CEREG?',
    example: 'AT+CEREG?',
    source: 'TS 27.007 10.1.22 [D]; lmqtt.md 7 [M]',
  }),
  commandHelp(ATTACHMENT, {
    about: 'attached to the packet domain?',
    syntax: 'AT+CGATT?',
    example: 'AT+CGATT?',
    source: 'TS 27.007 10.1.9 [D]; lmqtt.md 7 [M]',
  }),
  commandHelp(PDP_ADDRESSES, {
    about: 'IP addresses',
    syntax: 'AT+CGPADDR',
    example: 'AT+CGPADDR',
    source: 'TS 27.007 10.1.14 [D]; lmqtt.md 7 [M]',
  }),
  commandHelp(SIGNAL_QUALITY, {
    about: 'signal strength',
    syntax: 'AT+CSQ',
    example: 'AT+CSQ',
    source: 'TS 27.007 8.5 [D]; lmqtt.md 7 [M]',
  }),
  commandHelp(EXTENDED_SIGNAL_QUALITY, {
    about: 'signal of LTE',
    syntax: 'AT+CESQ',
    example: 'AT+CESQ',
    source: 'TS 27.007 8.69 [D]; lmqtt.md 7 [M]',
  }),
  commandHelp(CELLS, {
    about: 'serving cell and its neighbours',
    syntax: 'AT+LCELL?',
    example: 'AT+LCELL?',
    source: 'lmqtt.md 7 [C], the first two fields [A]',
  }),
];
