import { ATTACHMENT } from '../../at/commands/attachment.js';
import { OPERATOR } from '../../at/commands/operator.js';
import { PDP_ADDRESSES } from '../../at/commands/pdp-addresses.js';
import { PDP_CONTEXTS } from '../../at/commands/pdp-contexts.js';
import {
  CIRCUIT_REGISTRATION,
  REGISTRATION,
  SET_CIRCUIT_REGISTRATION_REPORTING,
  SET_REGISTRATION_REPORTING,
} from '../../at/commands/registration.js';
import { ACCESS_TECHNOLOGY } from '../location.js';
import { answering } from './behaviour.js';

/** `<format>` of `+COPS`: MCC and MNC. TS 27.007 7.3. */
const NUMERIC = 2;

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
    answer: ({ registered, network: { mcc, mnc } }) =>
      registered
        ? { mode: 0, operator: { format: NUMERIC, name: `${mcc}${mnc}`, act: ACCESS_TECHNOLOGY } }
        : { mode: 0 },
  }),
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
