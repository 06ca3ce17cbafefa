export interface SimulatedModemEvents {
  /** A TE opened the port. */
  attached: [];
  /** The TE is gone. */
  detached: [];
  /** A command line was taken; without its line end, wire text (latin1). */
  command: [line: string];
  /** The broker accepted CONNECT. */
  connected: [clientId: string];
  /** The MQTT session ended. */
  disconnected: [];
  /** A message was handed to the broker. */
  published: [topic: string, payload: Buffer];
  /** A message came from the broker. */
  received: [topic: string, payload: Buffer];
  /** The module has started and takes commands. */
  booted: [];
  /** The module is off. */
  poweredOff: [];
  /** A fault was switched on or off, by hand or by the clock. */
  fault: [spec: string, on: boolean];
  /** The serial port could not return: somebody else has taken its place. */
  plugInFailed: [error: Error];
}
