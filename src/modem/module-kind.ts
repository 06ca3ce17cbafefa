import type { Nothing, OneStageCommand } from '../at/command.js';

/** What is known of the modules at a port beside what every module of TS 27.007 has: the dialects say it. */
export interface ModuleKind {
  readonly boot: BootLines;
  readonly commands: VendorCommands;
}

/** What a module prints by itself when it starts or stops. Text (latin1) that is found anywhere in a line, but `ready`. */
export interface BootLines {
  /** It restarts. */
  readonly starting: readonly string[];
  /** It powers down; it may or may not come back. */
  readonly powerDown: readonly string[];
  /** Whole lines: it is up. */
  readonly ready: readonly string[];
  /** It probably restarts; it gives way to an answer that looks like it. */
  readonly banners: readonly string[];
}

/** Commands of the vendor for what TS 27.007 has no command for. */
export interface VendorCommands {
  /** The full name of the firmware. */
  readonly firmware: OneStageCommand<Nothing, string>;
  /** As `iccidOf` reads it. */
  readonly iccid: OneStageCommand<Nothing, string>;
  readonly cells: OneStageCommand<Nothing, readonly Cell[]>;
  readonly powerOff: OneStageCommand<Nothing, Nothing>;
}

/** One cell that the module hears; a number is undefined when the module does not tell it. */
export interface Cell {
  readonly kind: CellKind;
  /** E.g. `LTE`. */
  readonly technology: string;
  /** Mobile country code, 3 digits. */
  readonly mcc: string;
  /** Mobile network code, 2 or 3 digits. */
  readonly mnc: string;
  /** Tracking area code. */
  readonly tac: number | undefined;
  /** E-UTRAN cell identifier. */
  readonly cell: number | undefined;
  /** Physical cell identifier. */
  readonly pci: number | undefined;
  /** Srxlev: how far the cell lies above the least level that may be camped on, in dB. */
  readonly rxlev: number | undefined;
  readonly earfcn: number | undefined;
  /** dBm [A]. */
  readonly rsrp: number | undefined;
  /** dB [A]. */
  readonly rsrq: number | undefined;
  /** dB [A]. */
  readonly snr: number | undefined;
}

export type CellKind = 'serving' | 'neighbour';
