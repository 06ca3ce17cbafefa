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
