import { informationText } from '../parameters.js';
import type { Urc } from '../urc.js';

/** `+CGEV: <event>`, e.g. `ME PDN ACT 1`: the event as it came. TS 27.007 10.1.19. */
export const PACKET_DOMAIN_EVENT: Urc<string> = {
  name: '+CGEV',
  parse: ({ text }) => informationText(text, '+CGEV') || undefined,
  format: (event) => ({ text: `+CGEV: ${event}` }),
};
