import { sessionToOpen } from '../../../client/ask-login.js';
import type { ErrorCode } from '../../../errors/codes.js';
import { ModemError } from '../../../errors/modem-error.js';
import { exitCodeOf } from '../../exit-codes.js';
import { type Advice, fail, NO_ADVICE, ok } from '../finding.js';
import { type Step, settingsOf } from '../patient.js';

/** Whether the ledger of the factory has a login for this module. */
export const LOGIN: Step = {
  name: 'login',
  title: 'login',
  needs: ['at'],
  applies: ({ settings }) => settings?.login !== undefined,
  examine: async ({ plan, modem, login }) => {
    try {
      const options = await sessionToOpen(modem.get(), settingsOf(plan), plan.signal);
      login.set(options);
      const { broker, triple, username, clientId } = options;
      const device =
        triple === undefined ? (username ?? clientId) : `${triple.deviceName}&${triple.productKey}`;
      const signer = triple === undefined ? 'atmqtt' : 'the module';
      const words = `${device} at ${broker.host}, signed by ${signer}`;
      return ok(words, { device, host: broker.host, port: broker.port, tls: broker.tls, signer });
    } catch (error) {
      if (!(error instanceof ModemError) || plan.signal.aborted) throw error;
      return fail(error.message, exitCodeOf(error), ADVICE[error.code] ?? NO_ADVICE, { code: error.code });
    }
  },
};

const ADVICE: Partial<Readonly<Record<ErrorCode, Advice>>> = {
  NOT_PROVISIONED: {
    causes: [
      'the module was never on a station, or did not pass there',
      'this is the ledger of another factory, or an old copy',
    ],
    next: [
      'put it on a station: atmqtt provision run',
      'see what happened to it: atmqtt provision audit <imei>',
    ],
  },
  LEDGER_UNUSABLE: {
    causes: ['the passphrase is missing or wrong', 'the file is no ledger, or may not be read and written'],
    next: [
      'give the passphrase with --passphrase-file or ATMQTT_LEDGER_PASSPHRASE',
      'check the path of --ledger',
    ],
  },
  LEDGER_BUSY: {
    causes: ['a station writes to the ledger for a long time'],
    next: ['try again'],
  },
};
