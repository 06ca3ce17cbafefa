import { FUNCTIONALITY } from '../../../at/commands/control.js';
import { OPERATOR } from '../../../at/commands/operator.js';
import { ModemError } from '../../../errors/modem-error.js';
import { ifSupported } from '../../../modem/if-supported.js';
import type { Modem } from '../../../modem/modem.js';
import type { Cell } from '../../../modem/module-kind.js';
import {
  ACCESS_TECHNOLOGIES,
  REGISTRATION_SENTENCES,
  type Registration,
} from '../../../modem/registration.js';
import type { Signal } from '../../../modem/signal.js';
import { EXIT } from '../../exit-codes.js';
import { type Advice, type Facts, type Finding, fail, ok } from '../finding.js';
import type { Plan, Step } from '../patient.js';
import { apnWords, readContexts } from './address.js';

/** ms after which a denial is believed: networks take some back. */
const DENIAL_LIMIT = 5_000;

/** `<fun>` of `+CFUN`: everything works. TS 27.007 8.2. */
const FULL = 1;

/** Whether the module is registered, where, and with whom. */
export const REGISTRATION: Step = {
  name: 'registration',
  title: 'registration',
  needs: ['sim'],
  examine: async ({ plan, modem: slot, registration: found }) => {
    const modem = slot.get();
    const { signal } = plan;
    const start = performance.now();
    const registration = await registered(modem, plan);
    if (registration.registered) {
      found.set(registration);
      return registeredFinding(registration, await servingNetwork(modem, signal));
    }
    const functionality = await ifSupported(modem.execute(FUNCTIONALITY, null, { signal }));
    return unregisteredFinding(registration, {
      signal: await ifSupported(modem.signal({ signal })),
      radioOn: functionality && functionality.level === FULL,
      apn: apnWords(await readContexts(modem, signal)),
      waited: Math.round(performance.now() - start),
    });
  },
};

/** As it is after waiting, a denial not for long. */
async function registered(modem: Modem, { registrationTimeout, signal }: Plan): Promise<Registration> {
  const first = Math.min(registrationTimeout, DENIAL_LIMIT);
  const early = await wait(modem, first, signal);
  if (early.registered || early.status === 'denied' || first === registrationTimeout) return early;
  return wait(modem, registrationTimeout - first, signal);
}

async function wait(modem: Modem, timeout: number, signal: AbortSignal): Promise<Registration> {
  try {
    return await modem.waitForRegistration({ timeout, signal });
  } catch (error) {
    if (!(error instanceof ModemError) || error.code !== 'NOT_REGISTERED') throw error;
    return modem.registration({ signal });
  }
}

/** What is known beside the status when it is no good one. */
interface Circumstances {
  readonly signal: Signal | undefined;
  /** Whether the radio is on: `AT+CFUN?`. */
  readonly radioOn: boolean | undefined;
  /** The APN in words; the network may deny a module for it. */
  readonly apn?: string;
  /** ms that were waited. */
  readonly waited: number;
}

const ANTENNA = 'check the antenna: is it connected, to the right socket, and not inside of metal?';

function registeredFinding(registration: Registration, { operator, cell }: ServingNetwork): Finding {
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

/** Operators by MCC and MNC, where these modules are used: ITU-T E.212, list of mobile network codes [D]. */
const OPERATORS: ReadonlyMap<string, string> = new Map([
  ...['46000', '46002', '46004', '46007', '46008'].map((code) => [code, 'China Mobile'] as const),
  ...['46001', '46006', '46009'].map((code) => [code, 'China Unicom'] as const),
  ...['46003', '46005', '46011', '46012'].map((code) => [code, 'China Telecom'] as const),
  ['46015', 'China Broadnet'] as const,
]);

/** The network that serves the module, as far as it tells. */
interface ServingNetwork {
  /** A name, or MCC and MNC. */
  readonly operator: string | undefined;
  readonly cell: Cell | undefined;
}

/** What the module calls its network, else the name of its numbers; the serving cell where the module knows a command for it. */
async function servingNetwork(modem: Modem, signal: AbortSignal): Promise<ServingNetwork> {
  const selected = await ifSupported(modem.execute(OPERATOR, null, { signal }));
  const cells = await ifSupported(modem.cells({ signal }));
  const cell = cells?.find(({ kind }) => kind === 'serving');
  return { operator: operatorWords(selected?.operator?.name, cell), cell };
}

function operatorWords(selected: string | undefined, cell: Cell | undefined): string | undefined {
  const numbers = /^\d{5,6}$/.test(selected ?? '') ? selected : cell && `${cell.mcc}${cell.mnc}`;
  const known = numbers === undefined ? undefined : OPERATORS.get(numbers);
  if (known !== undefined) return known;
  return selected || (numbers && `${numbers.slice(0, 3)}-${numbers.slice(3)}`);
}
