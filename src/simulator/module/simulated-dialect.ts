import type { Line } from '../../at/line.js';
import type { Behaviour } from './behaviours/behaviour.js';
import type { FaultDefinition } from './faults/fault.js';
import type { Identity } from './identity.js';
import type { ModuleContext } from './module-context.js';
import type { Loss } from './mqtt/mqtt-stack.js';

/** The module's side of a dialect. */
export interface SimulatedDialect {
  /** Who a module says it is, by profile. */
  readonly identities: Readonly<Record<string, Identity>>;
  /** Sent at power-on, byte for byte. */
  readonly bootLine: Buffer;
  /** Sent before the module switches off or resets. */
  readonly powerDown: Line;
  /** What can break besides line, radio and power. */
  readonly faults: readonly FaultDefinition[];
  readonly recordings: Recordings;
  /**
   * Index behind a payload that this command (latin1, without `AT`) counts and holds between quotes: of the closing quote
   * if the count is right. Undefined: it counts none.
   */
  payloadEnd(command: string): number | undefined;
  /**
   * Index of the CR that ends the command line (latin1) whose first CR is at `first`: a payload that is counted may hold
   * some. -1: it has not come.
   */
  lineEnd(text: string, first: number): number;
  /** The commands of a module that is being switched on, and what they share. */
  powerUp(module: ModuleContext, options: PowerUpOptions): PoweredDialect;
}

export interface PowerUpOptions {
  /** One of `identities`. */
  readonly profile: string;
  /** What outlives the power, and is this dialect's alone; undefined: nothing does. */
  readonly flash: Map<string, unknown> | undefined;
  readonly signLogin: SignLogin;
}

/** The login of an Alibaba Cloud device as its module computes it: aliyun.md 1 [D]. */
export type SignLogin = (
  triple: { readonly productKey: string; readonly deviceName: string; readonly deviceSecret: string },
  form: { readonly cid: string; readonly method: 'hmacsha1'; readonly secureMode: 2 | 3 },
) => { readonly clientId: string; readonly username: string; readonly password: string };

/** The dialect from power-on to power-off. */
export interface PoweredDialect {
  readonly behaviours: readonly Behaviour[];
  /** Whether the result of a command that is due now is not sent. */
  withholdsResult(): boolean;
  /** The line that tells of a message from the broker. */
  message(topic: string, payload: Buffer): Line;
  /** The line that tells that the session is lost. */
  lost(loss: Loss): Line;
}

/** How a recording of `--trace` is compared with another run: what differs from run to run. */
export interface Recordings {
  /** Command lines in three groups: head, what the TE chooses (a message id, or else a client id), tail. */
  readonly chosen: readonly { readonly pattern: RegExp; readonly messageId: boolean }[];
  /** Result URCs in two groups, head and the message id of their command; global. */
  readonly results: readonly RegExp[];
  /** Bytes behind a prompt that a command line announces; undefined if it announces none. */
  announcedLength(commandLine: string): number | undefined;
}
