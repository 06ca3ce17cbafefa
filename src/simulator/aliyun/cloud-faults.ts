import { integerArgument, textArgument, times } from '../module/faults/argument.js';

/** What becomes of a registration, other than its answer. */
export interface RegistrationFate {
  /** Whether the cloud carries it out all the same. */
  readonly processed: boolean;
  /** HTTP status of the answer; without it the connection is cut. */
  readonly status?: number;
}

/** What a fault of the simulated cloud changes; what it has nothing to say to it leaves out, or answers undefined. */
export interface CloudFault {
  /** ms by which answers come late. */
  readonly delay?: number;
  /** Asked once a registration. */
  registrationFate?(): RegistrationFate | undefined;
  /** Return code of CONNACK that the next login, or registration over MQTT, gets. */
  loginRefusal?(): number | undefined;
  /** Whether the session is closed right behind its CONNACK; asked once a login. */
  dropsAfterLogin?(): boolean;
  /** The time service does not answer. */
  readonly deaf?: true;
}

/** A fault of the simulated cloud that can be switched on by name. */
export interface CloudFaultDefinition {
  readonly name: string;
  /** How its parameter is written, in brackets if it can be left out. */
  readonly parameter?: string;
  /** One sentence. */
  readonly help: string;
  /** `argument` is what stands behind `=`. Throws an `ArgumentError`. */
  create(argument: string | undefined): CloudFault;
}

/** Every fault of the simulated cloud. Of two that decide the same, the first one here does. */
export const CLOUD_FAULTS: readonly CloudFaultDefinition[] = [
  {
    name: 'slow',
    parameter: '=<ms>',
    help: 'registrations over HTTP are answered, and each CONNECT is looked at, so many ms late',
    create: (argument) => ({ delay: integerArgument('slow', argument, [1, 3_600_000]) }),
  },
  {
    name: 'cut-before',
    parameter: '[=<count>]',
    help: 'the connection of a registration is cut, and it is not carried out',
    create: (argument) => {
      const applies = countArgument('cut-before', argument);
      return { registrationFate: () => (applies() ? { processed: false } : undefined) };
    },
  },
  {
    name: 'cut',
    parameter: '[=<count>]',
    help: 'registrations are carried out, and the connection is cut before the answer',
    create: (argument) => {
      const applies = countArgument('cut', argument);
      return { registrationFate: () => (applies() ? { processed: true } : undefined) };
    },
  },
  {
    name: 'error',
    parameter: '=<status>[:<count>]',
    help: 'registrations are answered with this status, 400 to 599 (over MQTT: try again), and not carried out',
    create: (argument) => answeredWith(numberArgument('error', argument, [400, 599]), false),
  },
  {
    name: 'error-after',
    parameter: '=<status>[:<count>]',
    help: 'registrations are carried out, and answered with this status, 400 to 599 (over MQTT: cut)',
    create: (argument) => answeredWith(numberArgument('error-after', argument, [400, 599]), true),
  },
  // Return codes of CONNACK: MQTT 3.1.1 3.2.2.3.
  {
    name: 'refuse-login',
    parameter: '=<return code>[:<count>]',
    help: 'each CONNECT is refused with this return code, 1 to 5',
    create: (argument) => ({ loginRefusal: numberArgument('refuse-login', argument, [1, 5]) }),
  },
  {
    name: 'drop-after-login',
    parameter: '[=<count>]',
    help: 'a session is closed right behind its CONNACK, as when another device uses the same triple',
    create: (argument) => ({ dropsAfterLogin: countArgument('drop-after-login', argument) }),
  },
  {
    name: 'deaf',
    help: 'publishes are taken, but the time service does not answer',
    create: () => ({ deaf: true }),
  },
];

/** E.g. `cut[=<count>]`. */
export function cloudFaultUsage({ name, parameter = '' }: CloudFaultDefinition): string {
  return name + parameter;
}

/** `[=<count>]`: a question that is answered with yes for the next so many, or for all. */
function countArgument(name: string, argument: string | undefined): () => boolean {
  return times(integerArgument(name, argument, [1, 1e9], Number.POSITIVE_INFINITY));
}

/** `=<number>[:<count>]`: the number for the next so many, or for all. */
function numberArgument(
  name: string,
  argument: string | undefined,
  range: readonly [number, number],
): () => number | undefined {
  const [text = '', count] = textArgument(name, argument).split(':');
  const number = integerArgument(name, text, range);
  const applies = countArgument(name, count);
  return () => (applies() ? number : undefined);
}

/** Registrations get the next status, carried out or not. */
function answeredWith(next: () => number | undefined, processed: boolean): CloudFault {
  return {
    registrationFate: () => {
      const status = next();
      return status === undefined ? undefined : { processed, status };
    },
  };
}
