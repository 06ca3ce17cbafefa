import type { OperatorFormat } from '../../at/commands/operator.js';

/** What commands set and a restart forgets. */
export interface Registers {
  /** V.250 6.2.4. */
  echo: boolean;
  /** TS 27.007 9.1. */
  errorReporting: 0 | 1 | 2;
  /** `<n>` of `+CEREG`: TS 27.007 10.1.22. */
  registrationReporting: 0 | 1 | 2;
  /** `<n>` of `+CREG`: TS 27.007 7.2. */
  circuitReporting: 0 | 1 | 2;
  /** `<format>` of `+COPS`: TS 27.007 7.3. */
  operatorFormat: OperatorFormat;
  /** V.250 6.3.8. */
  rings: number;
  /** `<fun>` of `+CFUN`: TS 27.007 8.2. */
  functionality: 0 | 1 | 4;
}

/** `<fun>`: everything works. */
export const FULL = 1;

/** `+CME ERROR: 3` and `: 10` come without an `AT+CMEE` before [M, T]; that URCs are off is TS 27.007's default. */
export function powerOnRegisters(echo: boolean): Registers {
  return { ...commandDefaults(echo), functionality: FULL };
}

/** What `ATZ` and `AT&F` bring back: radio and SIM are left alone [A]. That an operator is MCC and MNC is [A]. */
export function commandDefaults(echo: boolean): Omit<Registers, 'functionality'> {
  return {
    echo,
    errorReporting: 1,
    registrationReporting: 0,
    circuitReporting: 0,
    operatorFormat: 2,
    rings: 0,
  };
}
