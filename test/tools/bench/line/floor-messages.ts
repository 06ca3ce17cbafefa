import type { DeviceTriple } from '../../../../src/dialects/dialect.js';

/** What a module takes by itself, in ms. */
export interface ModuleTimes {
  /** From power-on to the first `AT` that is answered. */
  readonly start: number;
  /** From there to the registration with the network. */
  readonly registration: number;
  /** LMQTTOPEN and LMQTTCONN together. */
  readonly connect: number;
  /** SUBSCRIBE, PUBLISH and the answer of the cloud together. */
  readonly proof: number;
}

/** How a line is laid out. */
export interface FloorPlan {
  readonly ports: number;
  readonly unitsPerPort: number;
  readonly times: ModuleTimes;
  /** ms from the first module of a port to that of the next port, as a hand puts them on. */
  readonly apart: number;
  /** ms from a command line to its final result code. */
  readonly answer: number;
  /**
   * How a module comes and goes. `serial`: the line stays open, as on a fixture with a UART, and carries the boot
   * line; `mute`: the same without a boot line; `usb`: the port is the module itself, and there again 1 s before its
   * first answer.
   */
  readonly socket: 'serial' | 'mute' | 'usb';
}

/** The first message of the process with modules and cloud. */
export interface FloorReady {
  readonly kind: 'ready';
  /** What the station opens, `tcp:` URLs. */
  readonly urls: readonly string[];
  readonly triples: readonly DeviceTriple[];
  readonly registrationUrl: string;
}

/** What one module tells when it is taken off; times in ms since 1970, with fractions. */
export interface ModuleLog {
  readonly kind: 'module';
  readonly port: number;
  readonly poweredOn: number;
  readonly booted: number;
  readonly registered: number;
  /** Command lines that it took, and when. */
  readonly commands: readonly { readonly at: number; readonly line: string }[];
}

export type FromFloor = FloorReady | ModuleLog;

/** Begin with the first module everywhere; put the next one on a port; or end. */
export type ToFloor = { readonly kind: 'begin' | 'end' } | { readonly kind: 'next'; readonly port: number };

/** ms since 1970 with fractions; the same clock in every process of a machine. */
export function now(): number {
  return performance.timeOrigin + performance.now();
}
