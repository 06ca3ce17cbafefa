import { ATTENTION, ECHO, SET_BAUD_RATE } from '../../at/commands/basic.js';
import { CLOCK, type ClockReading } from '../../at/commands/clock.js';
import {
  ERROR_REPORTING,
  FUNCTIONALITY,
  type Functionality,
  SET_ERROR_REPORTING,
  SET_FUNCTIONALITY,
  SIM_STATE,
} from '../../at/commands/control.js';
import { IMEI, IMSI, MANUFACTURER, MODEL, REVISION, SERIAL_NUMBER } from '../../at/commands/identity.js';
import { CELLS, FIRMWARE, ICCID, POWER_OFF, SELECT_SIM_SLOT, SIM_SLOT } from '../../at/commands/lierda.js';
import { NETWORKS_IN_REACH, OPERATOR, SET_OPERATOR } from '../../at/commands/operator.js';
import { PDP_ADDRESSES, PDP_CONTEXTS } from '../../at/commands/pdp.js';
import { ATTACHMENT, REGISTRATION, SET_REGISTRATION_REPORTING } from '../../at/commands/registration.js';
import { EXTENDED_SIGNAL_QUALITY, SIGNAL_QUALITY } from '../../at/commands/signal.js';
import { clockToDate } from '../../modem/clock.js';
import { SIM_SENTENCES, simStatus } from '../../modem/sim.js';
import { type Meaning, meaningOf } from './meaning.js';
import {
  addressWords,
  cellWords,
  extendedSignalWords,
  registrationWords,
  signalWords,
} from './network-words.js';

const REPORTING = [
  'no URCs of the registration',
  'URCs of the registration',
  'URCs of the registration with the cell',
];

const ERRORS = ['failures as plain ERROR', 'failures with a number', 'failures in words'];

/** The commands of V.250, 3GPP and the vendor that have nothing to do with MQTT. */
export const CORE_MEANINGS: readonly Meaning[] = [
  meaningOf(ATTENTION, { asks: () => 'are you there?' }),
  meaningOf(ECHO, { asks: ({ enabled }) => `repeat command lines: ${enabled ? 'on' : 'off'}` }),
  meaningOf(SET_ERROR_REPORTING, { asks: ({ mode }) => ERRORS[mode] ?? '' }),
  meaningOf(ERROR_REPORTING, { asks: () => 'how are failures told?', answers: ({ mode }) => ERRORS[mode] }),
  meaningOf(SET_REGISTRATION_REPORTING, { asks: ({ n }) => REPORTING[n] ?? '' }),
  meaningOf(REGISTRATION, { asks: () => 'registered with a network?', answers: registrationWords }),
  meaningOf(SIM_STATE, {
    asks: () => 'is the SIM ready?',
    answers: (state) => SIM_SENTENCES[simStatus(state).state],
  }),
  meaningOf(SIGNAL_QUALITY, { asks: () => 'signal strength?', answers: signalWords }),
  meaningOf(EXTENDED_SIGNAL_QUALITY, { asks: () => 'LTE signal?', answers: extendedSignalWords }),
  meaningOf(CELLS, { asks: () => 'which cells are heard?', answers: cellWords }),
  meaningOf(PDP_ADDRESSES, { asks: () => 'which IP addresses?', answers: addressWords }),
  meaningOf(PDP_CONTEXTS, {
    asks: () => 'which APN?',
    answers: (contexts) =>
      contexts
        .map(({ context, apn }) => `context ${context}: APN ${apn || 'left to the network'}`)
        .join(', ') || undefined,
  }),
  meaningOf(OPERATOR, {
    asks: () => 'which operator?',
    answers: ({ operator }) => (operator === undefined ? 'no operator' : `operator ${operator.name}`),
  }),
  meaningOf(SET_OPERATOR, {
    asks: (setting) =>
      setting.mode === 0
        ? 'let the module choose the operator'
        : `name the operator by ${['its long name', 'its short name', 'MCC and MNC'][setting.format]}`,
  }),
  meaningOf(NETWORKS_IN_REACH, {
    asks: () => 'which networks are in reach?',
    answers: (networks) =>
      networks.map(({ longName, numeric }) => longName || numeric).join(', ') || 'no network',
  }),
  meaningOf(FUNCTIONALITY, {
    asks: () => 'is the radio on?',
    answers: ({ level }) => ({ 0: 'radio off', 1: 'radio on', 4: 'transmitter and receiver off' })[level],
  }),
  meaningOf(ATTACHMENT, {
    asks: () => 'attached to the packet domain?',
    answers: ({ attached }) => (attached ? 'attached' : 'not attached'),
  }),
  meaningOf(CLOCK, { asks: () => 'what time is it?', answers: clockWords }),
  meaningOf(MANUFACTURER, { asks: () => 'manufacturer?', answers: () => 'manufacturer' }),
  meaningOf(MODEL, { asks: () => 'model?', answers: () => 'model' }),
  meaningOf(REVISION, { asks: () => 'revision of the firmware?', answers: () => 'revision of the firmware' }),
  meaningOf(FIRMWARE, { asks: () => 'firmware?', answers: () => 'firmware' }),
  meaningOf(IMEI, { asks: () => 'IMEI?', answers: () => 'IMEI' }),
  meaningOf(SERIAL_NUMBER, { asks: () => 'serial number?', answers: () => 'serial number, the IMEI' }),
  meaningOf(IMSI, { asks: () => 'IMSI?', answers: () => 'IMSI, the subscriber' }),
  meaningOf(ICCID, { asks: () => 'ICCID?', answers: () => 'ICCID, the SIM card' }),
  meaningOf(SIM_SLOT, { asks: () => 'which SIM slot?', answers: ({ slot }) => `slot ${slot}` }),
  meaningOf(SELECT_SIM_SLOT, { asks: ({ slot }) => `use SIM slot ${slot}` }),
  meaningOf(SET_FUNCTIONALITY, { asks: functionalityWords }),
  meaningOf(SET_BAUD_RATE, { asks: ({ baudRate }) => `baud rate ${baudRate}` }),
  meaningOf(POWER_OFF, { asks: () => 'switch off' }),
];

function functionalityWords({ level, reset = false }: Functionality): string {
  if (reset) return 'restart';
  return { 0: 'radio off', 1: 'radio on', 4: 'transmitter and receiver off' }[level];
}

function clockWords(reading: ClockReading): string {
  const time = clockToDate(reading);
  return time === undefined ? 'the clock is not set' : time.toISOString();
}
