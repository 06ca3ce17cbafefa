import type { SettingValues } from '../../dialects/lmqtt/settings.js';

/** `<result>` and `<extend>` of a result URC. */
export interface ForcedResult {
  readonly result: number;
  readonly extend?: number;
}

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
 * member out or returns undefined.
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
  /** Whether `LMQTTCFG` of this key is refused; `values` are the parameters behind the id. */
  refusesSetting?(key: string, values: string): boolean;
  /** What `LMQTTCFG` stores in place of what was written. */
  stores?(values: SettingValues): SettingValues | undefined;
  /** Whether `LMQTTCFG` without values of this key is refused. */
  refusesQuery?(key: string): boolean;
  /** Whether a publish is refused while so many others are without their result. */
  refusesPublish?(inFlight: number): boolean;
  /** `<extend>` with which `LMQTTOPEN` fails. */
  openFailure?(): number | undefined;
  /** `<ret_code>` that `LMQTTCONN` reports. */
  connectRefusal?(): number | undefined;
  /** Result of a publish, in place of the broker's. */
  publishResult?(): ForcedResult | undefined;
  /** Result of a subscription, in place of the broker's. */
  subscribeResult?(): ForcedResult | undefined;
  /** The result of an unsubscribe is misspelt. */
  readonly misspelsUnsubscribe?: true;
  /** ms by which the result of a publish comes later, out of order. */
  publishDelay?(): number;
  /** Result URCs come only after the setting `urc` 1. */
  readonly resultsNeedUrcSetting?: true;
  /** The end of a session is not told. */
  readonly hidesLoss?: true;
  /** The prompt is not sent; data mode begins all the same. */
  readonly hidesPrompt?: true;
  /** Bytes of a data-mode payload that get lost. */
  lostPayload?(): number;
  /** Payloads of downlinks stand between quotes. */
  readonly quotesPayload?: true;
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
export interface FaultDefinition {
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
  create(argument: string | undefined, random: () => number): Fault;
}
