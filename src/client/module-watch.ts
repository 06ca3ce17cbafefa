import { ModuleRebootedError } from '../errors/kinds.js';
import { ModemError } from '../errors/modem-error.js';
import type { Modem } from '../modem/modem.js';

/** Tells when the module restarts, falls silent or loses its port: no session survives that. */
export class ModuleWatch {
  readonly #modem: Modem;
  readonly #forget: () => void;
  #silent = false;

  constructor(modem: Modem, gone: (reason: ModemError) => void) {
    const onReboot = (marker: string) => gone(new ModuleRebootedError(marker));
    const onSilent = (error: ModemError) => {
      this.#silent = true;
      gone(error);
    };
    const onClose = (error: ModemError | undefined) =>
      gone(error ?? new ModemError('CLOSED', 'the modem was closed'));
    modem.on('reboot', onReboot);
    modem.on('unresponsive', onSilent);
    modem.on('close', onClose);
    this.#modem = modem;
    this.#forget = () => {
      modem.off('reboot', onReboot);
      modem.off('unresponsive', onSilent);
      modem.off('close', onClose);
    };
  }

  /** Whether the port has to be opened again before the module can be used. */
  get portDue(): boolean {
    return this.#modem.closed || this.#silent;
  }

  reopened(): void {
    this.#silent = false;
  }

  end(): void {
    this.#forget();
  }
}
