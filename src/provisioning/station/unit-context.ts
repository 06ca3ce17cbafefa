import type { Modem } from '../../modem/modem.js';
import type { ModuleGuard } from './module-guard.js';
import type { StationSettings } from './station-options.js';
import { portName, type StationPort } from './station-port.js';
import type { PortPhase, PortStatus } from './station-types.js';

/** What becomes known of a unit while it is worked on. */
export type UnitChanges = Partial<Pick<PortStatus, 'phase' | 'imei' | 'deviceName' | 'tries' | 'note'>>;

/** What a unit tells while it is worked on. */
export interface UnitHandlers {
  changed(changes: UnitChanges): void;
  /** A sentence worth a line. */
  note(sentence: string): void;
}

/** What the steps of one try work with. */
export class UnitContext {
  readonly place: StationPort;
  readonly modem: Modem;
  readonly settings: StationSettings;
  /** Its signal ends every step when the module is lost or the station stops. */
  readonly guard: ModuleGuard;
  readonly #handlers: UnitHandlers;
  #phase: PortPhase = 'identifying';

  constructor(
    { place, modem, guard }: Pick<UnitContext, 'place' | 'modem' | 'guard'>,
    settings: StationSettings,
    handlers: UnitHandlers,
  ) {
    this.place = place;
    this.modem = modem;
    this.guard = guard;
    this.settings = settings;
    this.#handlers = handlers;
  }

  /** What goes on, or went on when it failed. */
  get phase(): PortPhase {
    return this.#phase;
  }

  enter(phase: PortPhase): void {
    this.#phase = phase;
    this.#handlers.changed({ phase });
  }

  changed(changes: UnitChanges): void {
    this.#handlers.changed(changes);
  }

  /** A sentence about this port, worth a line. */
  note(sentence: string): void {
    this.#handlers.note(`${portName(this.place)}: ${sentence}`);
  }
}
