/** What a failure means, and what to do. */
export interface Failure {
  /** What it means, for people. */
  readonly sentence: string;
  /** What the operator does next. */
  readonly action: string;
  /** Whether it can pass by itself: the station tries again. */
  readonly passing: boolean;
}

/**
 * Every reason for which a unit fails. The codes are in the books and in what programs read, so they never change their
 * meaning. The `message` of a `Reason` says more about the case at hand.
 */
export const FAILURES = {
  POOL_EMPTY: {
    sentence: 'no triple is left for this module',
    action: 'Import the next file of triples, then put the module on again.',
    passing: false,
  },
  WRONG_FIRMWARE: {
    sentence: 'the module has another firmware than expected',
    action: 'Put the module aside for a firmware update.',
    passing: false,
  },
  WRONG_SIM: {
    sentence: 'the SIM is not one of the expected kind',
    action: 'Exchange the SIM and put the module on again.',
    passing: false,
  },
  SIM_NOT_READY: {
    sentence: 'there is no SIM, or it does not work',
    action: 'Check that the SIM is inserted, the right way round, and put the module on again.',
    passing: false,
  },
  SIM_LOCKED: {
    sentence: 'the SIM wants a PIN or PUK, or the module is locked to another SIM or network',
    action: 'Take the PIN off the SIM in a telephone, or exchange the SIM, then put the module on again.',
    passing: false,
  },
  NO_NETWORK: {
    sentence: 'the module found no network in time',
    action: 'Check the antenna and the coverage, then put the module on again.',
    passing: true,
  },
  IMEI_UNREADABLE: {
    sentence: 'the module does not tell its IMEI',
    action: 'Put the module aside: it cannot be told from others.',
    passing: false,
  },
  IMEI_IN_WORK: {
    sentence: 'another port works on a module with this IMEI now: a cloned IMEI, or one module on two ports',
    action: 'Compare the labels. Put both modules aside if they are two.',
    passing: false,
  },
  IMEI_OTHER_SIM: {
    sentence:
      'a module with this IMEI was verified earlier with another SIM: a cloned IMEI, or an exchanged SIM',
    action: 'Look for the first module. If it is this one, run with --accept-other-sim, else put it aside.',
    passing: false,
  },
  SIM_UNKNOWN: {
    sentence:
      'a module with this IMEI was verified earlier, and without an ICCID it cannot be said whether it is this one',
    action: 'Look for the first module. If it is this one, run with --accept-other-sim, else put it aside.',
    passing: false,
  },
  WRITE_REFUSED: {
    sentence: 'the module refuses to take the triple',
    action: 'Put the module aside: its firmware may be one that cannot do this.',
    passing: false,
  },
  READ_BACK_DIFFERS: {
    sentence: 'the module stores something else than was written',
    action: 'Put the module aside: its memory or its wiring is faulty.',
    passing: true,
  },
  READ_BACK_MISSING: {
    sentence: 'the module does not tell what it stores, and --require-read-back asks for it',
    action: 'Put the module aside, or run without --require-read-back.',
    passing: false,
  },
  CLOUD_UNREACHABLE: {
    sentence: 'the cloud could not be reached through the module',
    action: 'Check the coverage, the SIM and the address of the cloud, then put the module on again.',
    passing: true,
  },
  SIGNATURE_REFUSED: {
    sentence: 'the cloud refuses the login: the secret is wrong, or the device is deleted or disabled',
    action: 'Look the device up in the console of the cloud. Do not use its triple until that is clear.',
    passing: false,
  },
  LOGIN_REFUSED: {
    sentence: 'the cloud refuses the login for another reason than its signature',
    action: 'Check the region or host and the product in the console of the cloud.',
    passing: false,
  },
  TRIPLE_IN_USE: {
    sentence:
      'the cloud ended the session right after the login, twice: perhaps another device uses the triple',
    action: 'Look in the console of the cloud whether the device is online. If so, put this module aside.',
    passing: false,
  },
  PROOF_FAILED: {
    sentence: 'the proof message was not answered',
    action: 'Put the module on again. If it fails again, check the topics of the product in the console.',
    passing: true,
  },
  NOT_PERSISTENT: {
    sentence: 'the module does not keep the triple over a restart',
    action: 'Put the module aside, or run without --prove-persistent and let the gateway write the triple.',
    passing: false,
  },
  MODULE_LOST: {
    sentence: 'the module went away in the middle: unplugged, without power, or silent',
    action: 'Put the module on again; it gets the same triple.',
    passing: true,
  },
  MODULE_FAULT: {
    sentence: 'the module refuses a command, or answers something that cannot be understood',
    action: 'Put the module on again. If it fails again, put it aside.',
    passing: true,
  },
  REGISTRATION_FAILED: {
    sentence: 'the registration could not be asked for',
    action: 'Check the connection to the registration service, then put the module on again.',
    passing: true,
  },
  REGISTRATION_REFUSED: {
    sentence: 'the cloud refuses to register the device',
    action:
      'Check product, product secret, dynamic registration and this device in the console of the cloud.',
    passing: false,
  },
  REGISTRATION_UNANSWERED: {
    sentence: 'the registration was asked for, and its answer is not known',
    action:
      'Look the device up in the console of the cloud. If it is not activated, run with --repeat-registration.',
    passing: false,
  },
  ALREADY_ACTIVATED: {
    sentence: 'the cloud refuses the registration: the device is active already',
    action:
      'Look for the device that has this name. Reset it in the console of the cloud only if there is none.',
    passing: false,
  },
  LEDGER_FAILED: {
    sentence: 'the ledger could not be written or read',
    action: 'Check the disk and the ledger file. The module is done again when it is put on again.',
    passing: true,
  },
  INTERRUPTED: {
    sentence: 'the station was stopped before the result',
    action: 'Put the module on again; it gets the same triple.',
    passing: false,
  },
  STATION_FAULT: {
    sentence: 'the station itself failed',
    action: 'Report this as a fault of atmqtt, with the message.',
    passing: false,
  },
} as const satisfies Readonly<Record<string, Failure>>;

export type FailureCode = keyof typeof FAILURES;

/** The failure of a code, also one of a later version. */
export function failureOf(code: string): Failure {
  const known: Readonly<Record<string, Failure>> = FAILURES;
  return known[code] ?? FAILURES.STATION_FAULT;
}
