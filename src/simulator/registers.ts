/** What commands set and a restart forgets. */
export interface Registers {
  /** V.250 6.2.4. */
  echo: boolean;
  /** TS 27.007 9.1. */
  errorReporting: 0 | 1 | 2;
  /** `<n>` of `+CEREG`: TS 27.007 10.1.22. */
  registrationReporting: 0 | 1 | 2;
  /** `<fun>` of `+CFUN`: TS 27.007 8.2. */
  functionality: 0 | 1 | 4;
  simSlot: 1 | 2;
}

/** `<fun>`: everything works. */
export const FULL = 1;

/** `+CME ERROR: 3` and `: 10` come without an `AT+CMEE` before [M, T]; that URCs are off is TS 27.007's default. */
export function powerOnRegisters(echo: boolean): Registers {
  return { echo, errorReporting: 1, registrationReporting: 0, functionality: FULL, simSlot: 1 };
}
