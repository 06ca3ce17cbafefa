import type { DialectWords } from '../../../dialects/words.js';
import { ModemError } from '../../../errors/modem-error.js';
import { requireSim } from '../../../modem/network.js';
import { SIM_SENTENCES, type SimState, type SimStatus } from '../../../modem/sim.js';
import { EXIT } from '../../exit-codes.js';
import { type Advice, type Finding, fail, ok } from '../finding.js';
import type { Step } from '../patient.js';

/** Whether there is a SIM that works; one that is still starting gets some seconds. */
export const SIM: Step = {
  name: 'sim',
  title: 'SIM',
  needs: ['at'],
  examine: async ({ plan, modem }) => {
    const { signal, registrationTimeout: timeout } = plan;
    try {
      await requireSim(modem.get(), { timeout, signal });
    } catch (error) {
      if (!(error instanceof ModemError) || error.code !== 'SIM_NOT_READY') throw error;
    }
    return simFinding(await modem.get().sim({ signal }), plan.words);
  },
};

/** What can be done about a SIM, by its state. */
const ADVICE: Readonly<Record<Exclude<SimState, 'ready'>, Advice>> = {
  absent: {
    causes: [
      'there is no SIM, or it does not sit right: the contacts must face the module, the corner must fit',
      'the contacts are dirty, or the holder is broken',
    ],
    next: ['switch off, put the SIM in again, switch on'],
  },
  pin: {
    causes: ['the SIM is protected by a PIN'],
    next: [
      'enter it once: atmqtt console, AT+CPIN="<pin>" (three wrong ones lock the SIM)',
      'for good, take the protection off in a telephone: machines have no one to type a PIN',
    ],
  },
  puk: {
    causes: ['a wrong PIN was entered three times'],
    next: ['ask the operator for the PUK, then AT+CPIN="<puk>","<new pin>" (ten wrong ones destroy the SIM)'],
  },
  locked: {
    causes: [
      'the module is locked to an operator, or to one SIM',
      'the operator has bound the SIM to another module (IMEI)',
    ],
    next: ['put in a SIM of that operator, or have the lock taken off by whoever sold the module'],
  },
  busy: {
    causes: ['the module has just been switched on', 'the SIM is slow, or does not answer'],
    next: ['wait some seconds and try again', 'switch off, clean the contacts, switch on'],
  },
  failed: {
    causes: [
      'the SIM is broken, or its contacts are dirty',
      'it is no SIM for this network, or its voltage does not fit',
    ],
    next: ['try it in a telephone, and another SIM in the module'],
  },
};

function simFinding({ state, raw }: SimStatus, words: DialectWords): Finding {
  const sentence = SIM_SENTENCES[state];
  if (state === 'ready') return ok(sentence, { state, raw });
  const found = raw === '' ? sentence : `${sentence} (${raw})`;
  return fail(found, EXIT.NETWORK, adviceFor(state, words), { state, raw });
}

/** With the slots, where the module may have two. */
function adviceFor(state: Exclude<SimState, 'ready'>, { simSlots }: DialectWords): Advice {
  const advice = ADVICE[state];
  if (state !== 'absent' || simSlots === undefined) return advice;
  const slot = `the other slot is selected (${simSlots.query})`;
  return {
    causes: advice.causes.toSpliced(1, 0, slot),
    next: [...advice.next, `with two slots: ${simSlots.select}`],
  };
}
