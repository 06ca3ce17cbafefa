/** The module and its surroundings, as far as a fault acts on them by itself. */
export interface FaultTarget {
  reboot(): void;
  powerOff(): void;
  /** The serial port vanishes. */
  unplug(): void;
  /** The serial port returns. */
  plugIn(): void;
  dropBroker(): void;
  /** The connection of the session is dead, and the module does not know. */
  freezeSession(): void;
  radioChanged(): void;
}

/**
 * What a fault changes. The module asks at each of these places; a fault that has nothing to say there leaves the
 * member out or returns undefined. A dialect has more of them, for its own commands.
 */
export interface Fault {
  /** Called when it has been switched on. */
  begin?(target: FaultTarget): void;
  /** Called when it has been switched off, never when the module is closed. */
  end?(target: FaultTarget): void;
  /** No cell is in reach. */
  readonly outOfCoverage?: true;
  /** Takes bytes and does nothing, as firmware that hangs. */
  readonly hung?: true;
  /** Echo stays on whatever ATE says. */
  readonly echoes?: true;
  /** Whether this command line is lost; asked once a line. */
  loses?(): boolean;
  /** No connection to a broker can be opened. */
  readonly unreachable?: true;
  /** The end of a session is not told. */
  readonly hidesLoss?: true;
  /** The prompt is not sent; data mode begins all the same. */
  readonly hidesPrompt?: true;
  /** Bytes of a data-mode payload that get lost. */
  lostPayload?(): number;
  /** Whether this final result code is not sent; asked once a command. */
  losesFinal?(final: string): boolean;
  /** ms by which the final result code comes later. */
  readonly finalDelay?: number;
  /** The result URC comes first, the final result code so many ms behind it. */
  readonly resultFirst?: number;
  /** A URC in front of the final result code. */
  unsolicited?(): string;
  /** ms by which each result URC comes later. */
  readonly resultDelay?: number;
  /** The pieces in which bytes go out; none at all loses them. */
  transmit?(bytes: Buffer): readonly Buffer[];
  /** ms before each piece goes out. */
  readonly pieceDelay?: number;
  /** What the module gets of bytes from the TE. */
  receive?(bytes: Buffer): Buffer;
}

/** A fault that can be switched on by name. */
export interface FaultDefinition<F extends Fault = Fault> {
  readonly name: string;
  /** How its parameter is written, e.g. `=<key>`; in brackets if it can be left out. */
  readonly parameter?: string;
  /** One sentence. */
  readonly help: string;
  /** May be on several times with different parameters. */
  readonly repeatable?: true;
  /** Happens and is over: it is never on. */
  readonly momentary?: true;
  /** `argument` is what stands behind `=`; `random` gives 0 ≤ x < 1. Throws an `ArgumentError`. */
  create(argument: string | undefined, random: () => number): F;
}
