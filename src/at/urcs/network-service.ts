import type { Urc } from '../urc.js';

/**
 * `+E_UTRAN Service`: the module found LTE service; no field is known, whatever follows the name is kept. Dialect
 * section 7.
 */
export const NETWORK_SERVICE: Urc<{ readonly detail: string }> = {
  name: '+E_UTRAN Service',
  parse: ({ text }) =>
    text.startsWith('+E_UTRAN Service')
      ? { detail: text.slice('+E_UTRAN Service'.length).trim() }
      : undefined,
  format: ({ detail }) => ({ text: `+E_UTRAN Service ${detail}`.trimEnd() }),
};
