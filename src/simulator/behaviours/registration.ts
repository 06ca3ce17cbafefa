import { ATTACHMENT } from '../../at/commands/attachment.js';
import { PDP_ADDRESSES } from '../../at/commands/pdp-addresses.js';
import { REGISTRATION, SET_REGISTRATION_REPORTING } from '../../at/commands/registration.js';
import { answering } from './behaviour.js';

export const registration = [
  answering(REGISTRATION, {
    answer: ({ registers, location }) => ({ n: registers.registrationReporting, ...location }),
  }),
  answering(SET_REGISTRATION_REPORTING, {
    answer: ({ registers }, { n }) => {
      registers.registrationReporting = n;
      return null;
    },
  }),
  answering(ATTACHMENT, { answer: ({ registered }) => ({ attached: registered }) }),
  answering(PDP_ADDRESSES, {
    answer: ({ registered, network }) => (registered ? [{ context: 1, addresses: [network.address] }] : []),
  }),
];
