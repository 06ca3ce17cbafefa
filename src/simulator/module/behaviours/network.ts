import {
  NETWORKS_IN_REACH,
  type NetworkInReach,
  OPERATOR,
  type OperatorFormat,
  SET_OPERATOR,
} from '../../../at/commands/operator.js';
import { PDP_ADDRESSES, PDP_CONTEXTS } from '../../../at/commands/pdp.js';
import {
  ATTACHMENT,
  CIRCUIT_REGISTRATION,
  REGISTRATION,
  type RegistrationLocation,
  SET_CIRCUIT_REGISTRATION_REPORTING,
  SET_REGISTRATION_REPORTING,
} from '../../../at/commands/registration.js';
import { EXTENDED_SIGNAL_QUALITY, SIGNAL_QUALITY } from '../../../at/commands/signal.js';
import type { ModuleContext } from '../module-context.js';
import { isRegistered, type NetworkState } from '../network.js';
import type { Registers } from '../registers.js';
import { answering } from './behaviour.js';

/** The only PDP context, and its type. */
const CONTEXT = 1;
const TYPE = 'IP';

export const registration = [
  answering(REGISTRATION, {
    answer: (module) => {
      const n = module.registers.registrationReporting;
      return { n, ...module.location(n) };
    },
  }),
  answering(SET_REGISTRATION_REPORTING, {
    answer: ({ registers }, { n }) => {
      registers.registrationReporting = n;
      return null;
    },
  }),
  // That it follows the packet domain is how LTE modules with one registration do it [A].
  answering(CIRCUIT_REGISTRATION, {
    answer: (module) => {
      const n = module.registers.circuitReporting;
      return { n, ...module.location(n) };
    },
  }),
  answering(SET_CIRCUIT_REGISTRATION_REPORTING, {
    answer: ({ registers }, { n }) => {
      registers.circuitReporting = n;
      return null;
    },
  }),
  answering(OPERATOR, {
    answer: ({ registered, network, registers: { operatorFormat: format } }) =>
      registered
        ? { mode: 0, operator: { format, name: operatorName(network, format), act: ACCESS_TECHNOLOGY } }
        : { mode: 0 },
  }),
  answering(SET_OPERATOR, {
    answer: ({ registers }, setting) => {
      if (setting.mode === 3) registers.operatorFormat = setting.format;
      return null;
    },
  }),
  answering(NETWORKS_IN_REACH, { answer: networksInReach }),
  answering(ATTACHMENT, { answer: ({ registered }) => ({ attached: registered }) }),
  // The address in use is that of `+CGPADDR`: none was defined.
  answering(PDP_CONTEXTS, {
    ranges: `(${CONTEXT}),"${TYPE}",,,(0),(0)`,
    answer: ({ network: { apn } }) => [{ context: CONTEXT, type: TYPE, apn, address: '' }],
  }),
  answering(PDP_ADDRESSES, {
    ranges: `(${CONTEXT})`,
    answer: ({ registered, network }) =>
      registered ? [{ context: CONTEXT, addresses: [network.address] }] : [],
  }),
];

function operatorName({ operator, mcc, mnc }: NetworkState, format: OperatorFormat): string {
  if (format === 2) return `${mcc}${mnc}`;
  return format === 0 ? operator : operator.slice(0, 8);
}

/** `<stat>` of `+COPS=?` for one of `+CEREG`: the current network, or a forbidden one. TS 27.007 7.3 and 10.1.22. */
const CURRENT = 2;
const FORBIDDEN = 3;
const DENIED = 3;

/** The one network, while it can be heard. */
function networksInReach(module: ModuleContext): NetworkInReach[] {
  const { registered, network } = module;
  if (!registered && module.location(0).stat !== DENIED) return [];

  return [
    {
      stat: registered ? CURRENT : FORBIDDEN,
      longName: operatorName(network, 0),
      shortName: operatorName(network, 1),
      numeric: operatorName(network, 2),
      act: ACCESS_TECHNOLOGY,
    },
  ];
}

/** E-UTRAN: TS 27.007 10.1.22. */
const ACCESS_TECHNOLOGY = 7;

/** `<stat>` as far as radio and SIM let the network through, with the location where `n` asks for it. */
export function locationOf(
  { functionality }: Registers,
  network: NetworkState,
  n: 0 | 1 | 2,
): RegistrationLocation {
  const stat = functionality === 1 && network.sim === 'ready' ? network.registration : 0;
  if (n !== 2 || !isRegistered(stat)) return { stat };
  return { stat, tac: network.tac, cell: network.cell, act: ACCESS_TECHNOLOGY };
}

/** Not known or not detectable: TS 27.007 8.5 and 8.69. */
const UNKNOWN = 99;
const UNKNOWN_EXTENDED = 255;

export const signal = [
  answering(SIGNAL_QUALITY, {
    answer: ({ registers, network: { rssi, ber } }) =>
      registers.functionality === 1 ? { rssi, ber } : { rssi: UNKNOWN, ber: UNKNOWN },
  }),
  answering(EXTENDED_SIGNAL_QUALITY, {
    answer: ({ registers, network }) => ({
      rxlev: UNKNOWN,
      ber: UNKNOWN,
      rscp: UNKNOWN_EXTENDED,
      ecno: UNKNOWN_EXTENDED,
      rsrq: registers.functionality === 1 ? network.rsrq : UNKNOWN_EXTENDED,
      rsrp: registers.functionality === 1 ? network.rsrp : UNKNOWN_EXTENDED,
    }),
  }),
];
