import { ModuleRebootedError } from '../../errors/kinds.js';
import { ModemError } from '../../errors/modem-error.js';
import type { Modem } from '../../modem/modem.js';
import { onAbort } from '../../util/abort.js';
import type { StationSettings } from './station-options.js';
import { portName, type StationPort } from './station-port.js';
import type { PortPhase, PortStatus } from './station-types.js';

/** What becomes known of a unit while it is worked on. */
type UnitChanges = Partial<Pick<PortStatus, 'phase' | 'imei' | 'deviceName' | 'tries' | 'note'>>;

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

/** Another module can take the place of the first within a moment, and without a boot marker. */
export function otherModule(imei: string): ModemError {
  return new ModemError('REBOOTED', `another module is in its place, with the IMEI ${imei}`);
}

/**
 * Tells when a module restarts, falls silent or loses its port, be a command pending or not: nothing that was found out
 * about it holds any more, and another module may be in its place.
 */
export class ModuleGuard {
  readonly #modem: Modem;
  readonly #over = new AbortController();
  readonly #forget: () => void;
  #lost: ModemError | undefined;
  #restartExpected = false;
  #watch: NodeJS.Timeout | undefined;

  constructor(modem: Modem, stop: AbortSignal) {
    this.#modem = modem;
    const onReboot = (marker: string) => {
      if (!this.#restartExpected) this.#lose(new ModuleRebootedError(marker));
    };
    const onSilent = (error: ModemError) => this.#lose(error);
    const onClose = (error = new ModemError('CLOSED', 'the modem was closed')) => {
      if (!this.#restartExpected) this.#lose(error);
    };
    modem.on('reboot', onReboot);
    modem.on('unresponsive', onSilent);
    modem.on('close', onClose);
    const forgetStop = onAbort(stop, () => this.#over.abort(stop.reason));
    this.#forget = () => {
      forgetStop();
      modem.off('reboot', onReboot);
      modem.off('unresponsive', onSilent);
      modem.off('close', onClose);
    };
    if (modem.closed) this.#lose(new ModemError('PORT_CLOSED', 'the port is closed'));
  }

  /** Why the module is not the one any more that was there at first. */
  get lost(): ModemError | undefined {
    return this.#lost;
  }

  /** Fires when the module is lost, or the station stops. */
  get signal(): AbortSignal {
    return this.#over.signal;
  }

  /**
   * From now on the module is asked for its IMEI each `period` ms, however long a step waits for the cloud: one that is
   * silent is lost, one that gives another IMEI has taken its place. Called again for the same module it changes nothing.
   */
  watch(imei: string, period: number): void {
    this.#watch ??= setInterval(() => void this.#look(imei, period), period);
  }

  /** Runs what restarts the module; its port may vanish meanwhile, but must be open again afterwards. */
  async duringRestart(run: () => Promise<void>): Promise<void> {
    this.#restartExpected = true;
    try {
      await run();
    } finally {
      this.#restartExpected = false;
      if (this.#modem.closed) this.#lose(new ModemError('PORT_CLOSED', 'the port did not come back'));
    }
  }

  end(): void {
    clearInterval(this.#watch);
    this.#forget();
  }

  /** Of a question that is not answered the channel itself finds out whether the module is silent. */
  async #look(imei: string, timeout: number): Promise<void> {
    if (this.#restartExpected || this.#over.signal.aborted) return;
    const { signal } = this;
    const found = await this.#modem.imei({ signal, timeout, priority: 'polling' }).catch(() => imei);
    // A restart that was begun meanwhile answers for itself.
    if (found !== imei && !this.#restartExpected) this.#lose(otherModule(found));
  }

  #lose(reason: ModemError): void {
    this.#lost ??= reason;
    this.#over.abort(reason);
  }
}
