import type { ModuleKind } from '../modem/module-kind.js';

/** What a module says of itself: `AT+CGMM`, `AT+CGMR` and the full name of its firmware. */
export interface ModuleNames {
  readonly model: string;
  readonly revision: string;
  readonly firmware?: string | undefined;
}

/** How the modules of a dialect are recognised, and what they have of their own beside MQTT. */
export interface DialectIdentity extends ModuleKind {
  /** The profile that the names fit, or undefined: it is no module of this dialect that is known. */
  profileOf(names: ModuleNames): string | undefined;
}
