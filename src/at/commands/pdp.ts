import { fixedRequest, type Nothing, type OneStageCommand } from '../command.js';
import { integerOf } from '../parameters.js';
import { manyLines } from './information.js';
import { DEFAULT_LIMITS } from './limits.js';

/** A PDP context as it is defined. */
export interface PdpContext {
  readonly context: number;
  /** `<PDP_type>`, e.g. `IP`, `IPV4V6`. */
  readonly type: string;
  /** Empty: the network chooses one. */
  readonly apn: string;
  /** Empty: the network gives one. */
  readonly address: string;
}

/**
 * `AT+CGDCONT?` → `+CGDCONT: <cid>,"<type>","<apn>","<address>",<d_comp>,<h_comp>`, one line a context; what stands
 * behind the address is not told. TS 27.007 10.1.1.
 */
export const PDP_CONTEXTS: OneStageCommand<Nothing, readonly PdpContext[]> = {
  name: '+CGDCONT',
  form: 'read',
  request: fixedRequest('AT+CGDCONT?'),
  response: manyLines<PdpContext>('+CGDCONT', {
    parse: ([cid, type, apn, address]) => {
      const context = integerOf(cid);
      if (context === undefined) return undefined;
      return { context, type: type?.text ?? '', apn: apn?.text ?? '', address: address?.text ?? '' };
    },
    format: ({ context, type, apn, address }) => `${context},"${type}","${apn}","${address}",0,0`,
  }),
  limits: DEFAULT_LIMITS,
  abortable: false,
};

/** The addresses of one PDP context: none, one, or IPv4 and IPv6. */
export interface PdpAddress {
  readonly context: number;
  readonly addresses: readonly string[];
}

/** `AT+CGPADDR` → `+CGPADDR: <cid>,"<address>"`, one line a context. TS 27.007 10.1.14. */
export const PDP_ADDRESSES: OneStageCommand<Nothing, readonly PdpAddress[]> = {
  name: '+CGPADDR',
  form: 'action',
  request: fixedRequest('AT+CGPADDR'),
  response: manyLines<PdpAddress>('+CGPADDR', {
    parse: ([cid, ...rest]) => {
      const context = integerOf(cid);
      if (context === undefined) return undefined;
      return { context, addresses: rest.flatMap((address) => address?.text || []) };
    },
    format: ({ context, addresses }) =>
      [String(context), ...addresses.map((address) => `"${address}"`)].join(','),
  }),
  limits: DEFAULT_LIMITS,
  abortable: false,
};
