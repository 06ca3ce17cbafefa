import { ATTENTION, ECHO, SET_BAUD_RATE } from '../../../at/commands/basic.js';
import { CLOCK } from '../../../at/commands/clock.js';
import {
  ERROR_REPORTING,
  SET_ERROR_REPORTING,
  SET_FUNCTIONALITY,
  SIM_STATE,
} from '../../../at/commands/control.js';
import { IMEI, IMSI, MANUFACTURER, MODEL, REVISION, SERIAL_NUMBER } from '../../../at/commands/identity.js';
import { FIRMWARE, ICCID, POWER_OFF, SELECT_SIM_SLOT, SIM_SLOT } from '../../../at/commands/lierda.js';
import { type CommandHelp, commandHelp } from './command-help.js';

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
  commandHelp(POWER_OFF, {
    about: 'switch off',
    syntax: 'AT+MPOF=1',
    example: 'AT+MPOF=1',
    source: 'lmqtt.md 7 [C]',
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
  commandHelp(FIRMWARE, {
    about: 'full name of the firmware',
    syntax: 'AT+LGMR',
    example: 'AT+LGMR',
    source: 'lmqtt.md 7 [C]',
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
  commandHelp(ICCID, {
    about: 'ICCID, the SIM card',
    syntax: 'AT+LCCID',
    example: 'AT+LCCID',
    source: 'lmqtt.md 7 [C]',
  }),
  commandHelp(SIM_STATE, {
    about: 'is the SIM ready, or does it want a PIN?',
    syntax: 'AT+CPIN?',
    example: 'AT+CPIN?',
    source: 'TS 27.007 8.3 [D]; lmqtt.md 7 [M]',
  }),
  commandHelp(SIM_SLOT, {
    about: 'which SIM slot?',
    syntax: 'AT+LUIMSLOT?',
    example: 'AT+LUIMSLOT?',
    source: 'lmqtt.md 7 [C], the answer [A]',
  }),
  commandHelp(SELECT_SIM_SLOT, {
    about: 'use a SIM slot; between AT+CFUN=0 and AT+CFUN=1',
    syntax: 'AT+LUIMSLOT=<slot>',
    example: 'AT+LUIMSLOT=2',
    fields: [['slot', '1 or 2']],
    source: 'lmqtt.md 7 [C]',
  }),
];
