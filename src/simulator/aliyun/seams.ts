/** A CONNECT with `authType` in its client id: it does not log in, it registers; aliyun.md 2b. */
export interface RegistrationRequest {
  readonly clientId: string;
  readonly username: string;
  readonly password: string;
  readonly tls: boolean;
}

/** What is pushed behind CONNACK. */
export interface RegistrationPush {
  readonly topic: string;
  readonly payload: Buffer;
}

/** Return code of CONNACK and why, or the push; `cut`: the connection is closed without a word. */
export type RegistrationReply =
  | { readonly returnCode: number; readonly reason: string }
  | RegistrationPush
  | 'cut';

/** What stands beside login and messages in the simulated cloud. */
export interface CloudSeams {
  register?(request: RegistrationRequest): RegistrationReply;
  /** ms before a CONNECT is looked at. */
  connectDelay?(): number;
  /** Return code with which the next login, or registration, is refused. */
  loginRefusal?(): number | undefined;
  /** Whether a session is closed right behind its CONNACK. */
  dropsAfterLogin?(): boolean;
  /** Whether the time service says nothing. */
  isDeaf?(): boolean;
}
