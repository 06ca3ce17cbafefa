import type { ConnectionOptions } from '../../options/connection-options.js';
import type { Macros } from '../macros.js';
import type { MqttDriver } from '../mqtt-driver.js';
import type { Session } from '../session.js';
import type { SessionLog } from '../session-log.js';
import type { Outcome } from '../session-types.js';
import type { TraceSwitch } from '../trace-switch.js';
import type { LookSettings, View } from '../view.js';

/** What a dot-command works with. */
export interface DotContext {
  readonly session: Session;
  readonly mqtt: MqttDriver;
  readonly view: View;
  readonly look: LookSettings;
  readonly macros: Macros;
  readonly trace: TraceSwitch;
  readonly log: SessionLog;
  /** What the command line of the console says. */
  readonly connection: ConnectionOptions & { readonly port: string };
  /** Runs a line as if it was typed. */
  submit(line: string): Promise<Outcome>;
  /** Runs a dot-command; rejects with why it could not be done. */
  submitDot(line: string): Promise<void>;
  /** Fires when what runs now is to be given up. */
  stopping(): AbortSignal;
  quit(): void;
}

export interface DotCommand {
  readonly name: string;
  /** With its arguments, e.g. `.hex [on|off]`. */
  readonly usage: string;
  readonly about: string;
  /** Does not wait for the lines before it. */
  readonly immediate?: true;
  /** `rest` is what stands behind the name. Rejects with a `ModemError` that says why it could not be done. */
  run(rest: string, context: DotContext): Promise<void> | void;
}
