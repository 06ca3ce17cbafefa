import type { EventEmitter } from 'node:events';
import type { Modem } from '../modem/modem.js';
import type { Registration } from '../modem/registration.js';
import type { ClientEvents } from './client-types.js';

/** Tells on the client what the module tells; the returned function ends that. */
export function relayModem(modem: Modem, client: EventEmitter<ClientEvents>): () => void {
  const onReboot = (marker: string) => void client.emit('reboot', marker);
  const onRegistration = (registration: Registration) => void client.emit('registration', registration);
  const forgetUrcs = modem.onUnsolicited((text) => {
    if (client.listenerCount('urc') > 0) client.emit('urc', text());
  });
  modem.on('reboot', onReboot);
  modem.on('registration', onRegistration);
  return () => {
    forgetUrcs();
    modem.off('reboot', onReboot);
    modem.off('registration', onRegistration);
  };
}
