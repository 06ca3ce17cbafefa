import { openModem } from '../../../dialects/open-modem.js';
import type { Modem } from '../../../modem/modem.js';
import { escapeBytes } from '../../../util/escape.js';
import { EXIT } from '../../exit-codes.js';
import { type Facts, type Finding, fail, ok, warn } from '../finding.js';
import { readHabits } from '../module/habits.js';
import type { Patient, Step } from '../patient.js';
import { serialUrlAt, sourceAt, type Target } from '../target.js';
import { FILLED, judgeEcho, lineEnds } from './answer.js';
import { findModule, type Search } from './find-module.js';
import type { LineProbe } from './line-probe.js';
import { silenceFinding } from './silence.js';

/** Bytes of an answer that are shown, the last ones. */
const SHOWN = 40;

/** Whether the module answers `AT`, and at which rate. */
export const ATTENTION: Step = {
  name: 'at',
  title: 'answers AT',
  needs: ['open'],
  examine: async (patient) => {
    const { target } = patient.plan;
    const search = await findModule(patient);
    const { probe, first, tried, received } = search;
    if (probe === undefined) return silenceFinding(target, search.given, first, tried);
    patient.firstAnswer.set(received);
    patient.habits.set(await readHabits(probe));
    patient.modem.set(await startModem(patient, probe));
    return foundFinding(target, search);
  },
};

/** On the stream that is open already: a port that is opened again may reset the module (DTR). */
function startModem({ plan }: Patient, probe: LineProbe): Promise<Modem> {
  // The trace is on the stream already.
  const { trace: _trace, traceSecrets: _secrets, ...options } = plan.modemOptions;
  return openModem(() => probe.release(), { ...options, echo: 'leave', fillUp: false, signal: plan.signal });
}

function foundFinding(target: Target, { rate, given, filledUp, received }: Search): Finding {
  if (rate !== undefined) {
    const url =
      target.kind === 'device'
        ? serialUrlAt({ path: target.settings.path, baudRate: rate }, rate)
        : sourceAt(target, rate);
    return {
      ...fail(
        `the module answers at ${rate} bit/s, not at ${given}`,
        EXIT.MODULE,
        {
          causes: [`the module is set to ${rate} bit/s (AT+IPR)`],
          next: [`give the rate: -p '${url}'`, 'the steps below were done at that rate'],
        },
        { baudRate: rate, given, port: url },
      ),
      goesOn: true,
    };
  }
  const rates = given === undefined ? {} : { baudRate: given };
  const ends = lineEnds(received);
  const facts = { ...rates, filledUp, received: escapeBytes(received.slice(-SHOWN)), lineEnds: ends };
  if (!filledUp) return answerFinding(received, facts);
  return warn(
    `it waited for a payload, which was filled up with ${FILLED}`,
    {
      causes: ['a program ended in the middle of a publish'],
      next: ['the message may have gone out, with ESC at its end: whoever receives it should drop it'],
    },
    facts,
  );
}

/** The final result code as it came: `ERROR` shows that somebody is there, and that something is odd. */
function answerFinding(
  received: string,
  facts: Facts & { readonly lineEnds: string; readonly received: string },
): Finding {
  const final =
    [...received.matchAll(/(?:^|[\r\n])(OK|ERROR|\+CM[ES] ERROR: ?[^\r\n]*)(?=[\r\n])/g)].at(-1)?.[1] ?? 'OK';
  const ends =
    facts.lineEnds === 'CR LF' ? '' : `; its lines end in ${facts.lineEnds} alone: ${facts.received}`;
  if (final === 'OK') return ok(`OK${ends}`, facts);
  return warn(
    `the module answers, but ${final} to AT`,
    {
      causes: [
        'bytes stood in the line before AT: half a command of another program, or noise',
        'the first bytes got lost',
      ],
      next: ['run the doctor once more; if this stays, look at the AT traffic with -d'],
    },
    { ...facts, final },
  );
}

/** Whether the module repeats command lines: V.250 6.2.4. */
export const ECHO: Step = {
  name: 'echo',
  title: 'echo',
  needs: ['at'],
  examine: async ({ firstAnswer }) => {
    const echo = judgeEcho(firstAnswer.get());
    if (echo === 'off') return ok('off', { echo });
    if (echo === 'on') return ok('on; atmqtt works with it, and the doctor leaves it so', { echo });
    return warn(
      'something else than the command line stands before the answer',
      {
        causes: [
          'bytes get lost or garbled: bad ground, long wires, a rate that is a little off',
          'the module had just woken up',
        ],
        next: ['check the wiring; a lower rate (AT+IPR) or flow control (rtscts=true) may help'],
      },
      { echo },
    );
  },
};
