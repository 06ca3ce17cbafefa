import { ATTACHMENT } from '../../at/commands/attachment.js';
import { ATTENTION } from '../../at/commands/attention.js';
import { SET_BAUD_RATE } from '../../at/commands/baud-rate.js';
import { CELLS } from '../../at/commands/cells.js';
import { CLOCK, type ClockReading } from '../../at/commands/clock.js';
import { ECHO } from '../../at/commands/echo.js';
import { ERROR_REPORTING, SET_ERROR_REPORTING } from '../../at/commands/error-reporting.js';
import { EXTENDED_SIGNAL_QUALITY } from '../../at/commands/extended-signal-quality.js';
import { FIRMWARE } from '../../at/commands/firmware.js';
import { FUNCTIONALITY, type Functionality, SET_FUNCTIONALITY } from '../../at/commands/functionality.js';
import { ICCID } from '../../at/commands/iccid.js';
import { IMEI } from '../../at/commands/imei.js';
import { IMSI } from '../../at/commands/imsi.js';
import { MANUFACTURER } from '../../at/commands/manufacturer.js';
import { MODEL } from '../../at/commands/model.js';
import { NETWORKS_IN_REACH, OPERATOR, SET_OPERATOR } from '../../at/commands/operator.js';
import { PDP_ADDRESSES } from '../../at/commands/pdp-addresses.js';
import { PDP_CONTEXTS } from '../../at/commands/pdp-contexts.js';
import { POWER_OFF } from '../../at/commands/power-off.js';
import { REGISTRATION, SET_REGISTRATION_REPORTING } from '../../at/commands/registration.js';
import { REVISION } from '../../at/commands/revision.js';
import { SERIAL_NUMBER } from '../../at/commands/serial-number.js';
import { SIGNAL_QUALITY } from '../../at/commands/signal-quality.js';
import { SELECT_SIM_SLOT, SIM_SLOT } from '../../at/commands/sim-slot.js';
import { SIM_STATE } from '../../at/commands/sim-state.js';
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
