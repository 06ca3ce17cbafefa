import { ATTENTION, ECHO, SET_BAUD_RATE } from '../../at/commands/basic.js';
import { CLOCK } from '../../at/commands/clock.js';
import {
  ERROR_REPORTING,
  SET_ERROR_REPORTING,
  SET_FUNCTIONALITY,
  SIM_STATE,
} from '../../at/commands/control.js';
import { IMEI, IMSI, MANUFACTURER, MODEL, REVISION, SERIAL_NUMBER } from '../../at/commands/identity.js';
import { PDP_ADDRESSES } from '../../at/commands/pdp.js';
import { ATTACHMENT, REGISTRATION, SET_REGISTRATION_REPORTING } from '../../at/commands/registration.js';
import { EXTENDED_SIGNAL_QUALITY, SIGNAL_QUALITY } from '../../at/commands/signal.js';
import { type CommandHelp, commandHelp } from '../../dialects/words.js';

/** The module itself and its SIM. */
export const CORE_HELP: readonly CommandHelp[] = [
  commandHelp(ATTENTION, {
    about: 'does nothing, but is answered',
    syntax: 'AT',
    example: 'AT',
    source: 'V.250 5.2.1 [D]; lmqtt.md 7 [C]',
  }),
  commandHelp(ECHO, {
    about: 'repeat command lines',
    syntax: 'ATE<echo>',
    example: 'ATE0',
    fields: [['echo', '0 off, 1 on; left out: 0']],
    source: 'V.250 6.2.4 [D]; lmqtt.md 7 [M]',
  }),
  commandHelp(SET_ERROR_REPORTING, {
    about: 'how failures are told',
    syntax: 'AT+CMEE=<mode>',
    example: 'AT+CMEE=1',
    fields: [['mode', '0 ERROR, 1 +CME ERROR: <number>, 2 +CME ERROR: <text>']],
    source: 'TS 27.007 9.1 [D]',
  }),
  commandHelp(ERROR_REPORTING, {
    about: 'how are failures told?',
    syntax: 'AT+CMEE?',
    example: 'AT+CMEE?',
    source: 'TS 27.007 9.1 [D]',
  }),
  commandHelp(SET_BAUD_RATE, {
    about: 'baud rate; the OK still comes at the old one',
    syntax: 'AT+IPR=<rate>',
    example: 'AT+IPR=115200',
    fields: [['rate', '0 automatic, 300 to 921600 bit/s']],
    source: 'V.250 6.2.10 [D]; lmqtt.md 7 [C]',
  }),
  commandHelp(SET_FUNCTIONALITY, {
    about: 'radio on and off, restart',
    syntax: 'AT+CFUN=<level>[,<reset>]',
    example: 'AT+CFUN=0,1',
    fields: [
      ['level', '0 radio off, 1 radio on, 4 transmitter and receiver off'],
      ['reset', '1: the module restarts first'],
    ],
    source: 'TS 27.007 8.2 [D]; lmqtt.md 7 [C]',
  }),
  commandHelp(CLOCK, {
    about: 'time, as the network told it',
    syntax: 'AT+CCLK?',
    example: 'AT+CCLK?',
    source: 'TS 27.007 8.15 [D]; lmqtt.md 7 [M]',
  }),
  commandHelp(MANUFACTURER, {
    about: 'manufacturer',
    syntax: 'AT+CGMI',
    example: 'AT+CGMI',
    source: 'TS 27.007 5.1 [D]; lmqtt.md 7 [C]',
  }),
  commandHelp(MODEL, {
    about: 'model',
    syntax: 'AT+CGMM',
    example: 'AT+CGMM',
    source: 'TS 27.007 5.2 [D]; lmqtt.md 7 [C]',
  }),
  commandHelp(REVISION, {
    about: 'revision of the firmware',
    syntax: 'AT+CGMR',
    example: 'AT+CGMR',
    source: 'TS 27.007 5.3 [D]; lmqtt.md 7 [C]',
  }),
  commandHelp(IMEI, {
    about: 'IMEI',
    syntax: 'AT+CGSN=1',
    example: 'AT+CGSN=1',
    source: 'TS 27.007 5.4 [D]; lmqtt.md 7 [C]',
  }),
  commandHelp(SERIAL_NUMBER, {
    about: 'serial number, the IMEI on these modules',
    syntax: 'AT+CGSN',
    example: 'AT+CGSN',
    source: 'TS 27.007 5.4 [D]; lmqtt.md 7 [C]',
  }),
  commandHelp(IMSI, {
    about: 'IMSI, the subscriber',
    syntax: 'AT+CIMI',
    example: 'AT+CIMI',
    source: 'TS 27.007 5.6 [D]; lmqtt.md 7 [C]',
  }),
  commandHelp(SIM_STATE, {
    about: 'is the SIM ready, or does it want a PIN?',
    syntax: 'AT+CPIN?',
    example: 'AT+CPIN?',
    source: 'TS 27.007 8.3 [D]; lmqtt.md 7 [M]',
  }),
];

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
];
