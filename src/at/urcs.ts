import {
  formatLocation,
  isDigit,
  parseLocation,
  type RegistrationLocation,
} from './commands/registration.js';
import { informationParameters, informationText, integerOf, integersOf } from './parameters.js';
import type { Urc } from './urc.js';

/**
 * `+CEREG: <stat>[,"<tac>","<ci>",<AcT>]`: the registration changed. TS 27.007 10.1.22. The read
 * response of the same name begins with two bare digits, `<n>,<stat>`: that shape is refused.
 */
export const REGISTRATION_CHANGED = changed('+CEREG');

/** `+CREG: …`, the same for the circuit-switched domain. TS 27.007 7.2. */
export const CIRCUIT_REGISTRATION_CHANGED = changed('+CREG');

function changed(name: string): Urc<RegistrationLocation> {
  return {
    name,
    parse: ({ text }) => {
      const parameters = informationParameters(text, name);
      return parameters === undefined || isDigit(parameters[1]) ? undefined : parseLocation(parameters);
    },
    format: (location) => ({ text: `${name}: ${formatLocation(location)}` }),
  };
}

/**
 * `+CPIN: <state>`, e.g. `READY`: the SIM came or wants something. lmqtt.md 7. The answer to `AT+CPIN?` has the
 * same shape: while that command is pending, the line is its answer.
 */
export const SIM_STATE_CHANGED: Urc<string> = {
  name: '+CPIN',
  parse: ({ text }) => informationText(text, '+CPIN') || undefined,
  format: (event) => ({ text: `+CPIN: ${event}` }),
};

/** `+CGEV: <event>`, e.g. `ME PDN ACT 1`: the event as it came. TS 27.007 10.1.19. */
export const PACKET_DOMAIN_EVENT: Urc<string> = {
  name: '+CGEV',
  parse: ({ text }) => informationText(text, '+CGEV') || undefined,
  format: (event) => ({ text: `+CGEV: ${event}` }),
};

interface TimeZoneChange {
  /** Quarter hours east of Greenwich. */
  readonly zone: number;
  /** Hours that daylight saving time adds: 0, 1 or 2. */
  readonly daylightSaving: number;
  /** `yyyy/MM/dd,hh:mm:ss` in universal time, if the network tells it. */
  readonly universalTime?: string;
}

/** `+CTZEU: <tz>,<dst>[,"<utime>"]`: the network told the time zone. TS 27.007 8.41. */
export const TIME_ZONE_CHANGED: Urc<TimeZoneChange> = {
  name: '+CTZEU',
  parse: ({ text }) => {
    const [tz, dst, utime, ...rest] = informationParameters(text, '+CTZEU') ?? [];
    const zone = tz === undefined ? undefined : integerOf({ ...tz, text: tz.text.replace(/^\+/, '') });
    const daylightSaving = integerOf(dst);
    if (zone === undefined || daylightSaving === undefined || rest.length > 0) return undefined;
    return { zone, daylightSaving, ...(utime === undefined ? {} : { universalTime: utime.text }) };
  },
  format: ({ zone, daylightSaving, universalTime }) => {
    const tz = `${zone < 0 ? '-' : '+'}${String(Math.abs(zone)).padStart(2, '0')}`;
    const utime = universalTime === undefined ? '' : `,"${universalTime}"`;
    return { text: `+CTZEU: "${tz}",${daylightSaving}${utime}` };
  },
};

/**
 * `+E_UTRAN Service`: the module found LTE service; no field is known, whatever follows the name is kept.
 * lmqtt.md 7.
 */
export const NETWORK_SERVICE: Urc<{ readonly detail: string }> = {
  name: '+E_UTRAN Service',
  parse: ({ text }) =>
    text.startsWith('+E_UTRAN Service')
      ? { detail: text.slice('+E_UTRAN Service'.length).trim() }
      : undefined,
  format: ({ detail }) => ({ text: `+E_UTRAN Service ${detail}`.trimEnd() }),
};

interface SystemMode {
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
