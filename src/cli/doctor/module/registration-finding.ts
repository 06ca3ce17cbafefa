import {
  ACCESS_TECHNOLOGIES,
  REGISTRATION_SENTENCES,
  type Registration,
} from '../../../modem/registration.js';
import type { Signal } from '../../../modem/signal.js';
import { EXIT } from '../../exit-codes.js';
import { type Advice, type Facts, type Finding, fail, ok } from '../finding.js';
import type { ServingNetwork } from './operator.js';

/** What is known beside the status when it is no good one. */
export interface Circumstances {
  readonly signal: Signal | undefined;
  /** Whether the radio is on: `AT+CFUN?`. */
  readonly radioOn: boolean | undefined;
  /** The APN in words; the network may deny a module for it. */
  readonly apn?: string;
  /** ms that were waited. */
  readonly waited: number;
}

const ANTENNA = 'check the antenna: is it connected, to the right socket, and not inside of metal?';

export function registeredFinding(registration: Registration, { operator, cell }: ServingNetwork): Finding {
  const { status, tac, act } = registration;
  const place = registration.cell ?? cell?.cell;
  const words = [
    REGISTRATION_SENTENCES[status],
    ...(operator === undefined ? [] : [operator]),
    ...(act === undefined ? [] : [ACCESS_TECHNOLOGIES.get(act) ?? `AcT ${act}`]),
    ...(tac === undefined ? [] : [`tracking area ${hex(tac)}`]),
    ...(place === undefined ? [] : [`cell ${hex(place)}`]),
  ];
  const facts = {
    ...registration,
    operator: operator ?? null,
    earfcn: cell?.earfcn ?? null,
    pci: cell?.pci ?? null,
  };
  return ok(words.join(', '), facts);
}

export function unregisteredFinding(registration: Registration, circumstances: Circumstances): Finding {
  const { status } = registration;
  const { signal, radioOn, waited } = circumstances;
  const silent = signal?.quality === 'none';
  const facts: Facts = { ...registration, radioOn: radioOn ?? null, signal: signal?.quality ?? null, waited };
  if (radioOn === false)
    return fail('not registered: the radio is off (AT+CFUN)', EXIT.NETWORK, RADIO_OFF, facts);
  if (status === 'denied') {
    const apn = circumstances.apn === undefined ? '' : `; ${circumstances.apn}`;
    return fail(`${REGISTRATION_SENTENCES.denied}${apn}`, EXIT.NETWORK, DENIED, facts);
  }
  if (silent) {
    return fail('not registered, and no signal is measured', EXIT.NETWORK, NO_SIGNAL, facts);
  }
  const seconds = Math.round(waited / 1000);
  const found = `${REGISTRATION_SENTENCES[status]}, also after ${seconds} s`;
  return fail(found, EXIT.NETWORK, searching(signal), facts);
}

const RADIO_OFF: Advice = {
  causes: ['a program has switched the radio off (AT+CFUN=0 or 4)'],
  next: ['AT+CFUN=1, or switch the module off and on'],
};

const DENIED: Advice = {
  causes: [
    'the SIM is not activated, blocked, or its subscription has ended',
    'the subscription is not for this technology (LTE Cat 1, NB-IoT) or does not roam here',
    'the operator has bound the SIM to another module (IMEI), or blocks this one',
    'the APN for the attach is wrong',
  ],
  next: [
    'ask the operator whether the SIM is active and what it is bound to',
    'try another SIM in this module',
  ],
};

const NO_SIGNAL: Advice = {
  causes: [
    'the antenna is missing, broken, or on the wrong socket',
    'there is no coverage here: a cellar, a metal case',
    'the module does not know the bands of the network',
  ],
  next: [ANTENNA, 'try at a window or outdoors'],
};

function searching(signal: Signal | undefined): Advice {
  const weak = signal?.quality === 'poor' ? ['the signal is too poor'] : [];
  return {
    causes: [
      ...weak,
      'it takes a while: a first search through all bands can last minutes',
      'no network here takes this SIM: no coverage of its operator, no roaming',
      'the network has the module wait after too many attempts',
    ],
    next: [
      'wait longer with --registration-timeout 180',
      ANTENNA,
      'AT+COPS=0 lets the module choose the network itself',
    ],
  };
}

/** As networks and their planners write these. */
function hex(value: number): string {
  return value.toString(16).toUpperCase();
}
