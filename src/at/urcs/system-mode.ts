import { informationParameters, integersOf } from '../parameters.js';
import type { Urc } from '../urc.js';

export interface SystemMode {
  /** 17 is LTE on modules that share this URC. */
  readonly mode: number;
  readonly submode: number;
}

/** `^MODE: 17,17`: the system mode changed. lmqtt.md 7. */
export const SYSTEM_MODE: Urc<SystemMode> = {
  name: '^MODE',
  parse: ({ text }) => {
    const [mode, submode, ...rest] = integersOf(informationParameters(text, '^MODE')) ?? [];
    return mode === undefined || submode === undefined || rest.length > 0 ? undefined : { mode, submode };
  },
  format: ({ mode, submode }) => ({ text: `^MODE: ${mode},${submode}` }),
};
