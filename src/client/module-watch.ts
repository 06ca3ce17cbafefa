import { ModuleRebootedError } from '../errors/kinds.js';
import { ModemError } from '../errors/modem-error.js';
import type { Modem } from '../modem/modem.js';

/** Tells when the module restarts, falls silent or loses its port: no session survives that. */
export class ModuleWatch {
  readonly #modem: Modem;
  readonly #forget: () => void;
  #silent: ModemError | undefined;
  #lost: ModemError | undefined;

  constructor(modem: Modem, gone: (reason: ModemError) => void) {
    const onReboot = (marker: string) => gone(new ModuleRebootedError(marker));
    const onSilent = (error: ModemError) => {
      this.#silent = error;
      gone(error);
    };
    const onReady = () => {
      this.#silent = undefined;
    };
    const onClose = (error = new ModemError('CLOSED', 'the modem was closed')) => {
      this.#lost = error;
      gone(error);
    };
    modem.on('reboot', onReboot);
    modem.on('unresponsive', onSilent);
    modem.on('ready', onReady);
    modem.on('close', onClose);
    this.#modem = modem;
    this.#forget = () => {
      modem.off('reboot', onReboot);
      modem.off('unresponsive', onSilent);
      modem.off('ready', onReady);
      modem.off('close', onClose);
    };
  }

  /** Why the port has to be opened again before the module can be used, or undefined if it need not be. */
  get trouble(): ModemError | undefined {
    if (!this.#modem.closed) return this.#silent;
    return this.#lost ?? new ModemError('PORT_CLOSED', 'the port is closed');
  }

  /** The port was opened again, and the module answers. */
  reopened(): void {
    this.#silent = undefined;
    this.#lost = undefined;
  }

  end(): void {
    this.#forget();
  }
}
