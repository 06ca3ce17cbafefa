import { ModuleRebootedError } from '../../errors/kinds.js';
import { ModemError } from '../../errors/modem-error.js';
import type { Modem } from '../../modem/modem.js';
import { onAbort } from '../../util/abort.js';

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
    this.#forget();
  }

  #lose(reason: ModemError): void {
    this.#lost ??= reason;
    this.#over.abort(reason);
  }
}
