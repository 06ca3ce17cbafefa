import { fixedRequest, type Nothing, type OneStageCommand } from '../command.js';
import { integerOf } from '../parameters.js';
import { manyLines } from './information.js';
import { DEFAULT_LIMITS } from './limits.js';

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
