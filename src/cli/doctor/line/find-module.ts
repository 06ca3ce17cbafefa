import { lineControl } from '../../../transport/transport.js';
import type { Patient } from '../patient.js';
import { rateOf, sourceAt } from '../target.js';
import { type Answer, callModule, fillUp, type Hearing } from './answer.js';
import { LineProbe, openLine } from './line-probe.js';

/** ms that a module gets at each of the other rates. */
const RATE_LIMIT = 2_000;

/** For a line that has no rate: it does not hold up anything. */
const NO_RATE = 115_200;

/** Answers that may be those of a module at another rate. */
const RATE_DOUBTFUL: readonly Answer[] = ['silent', 'garbage', 'text'];

/** What was found at the other end of the line. */
export interface Search {
  /** The rate of the port at first, bit/s; undefined if it is not known. */
  readonly given: number | undefined;
  /** At that rate. */
  readonly first: Hearing;
  /** The rate at which the module answers, if it is another. */
  readonly rate?: number;
  /** Other rates that were tried in vain. */
  readonly tried: readonly number[];
  /** The module waited for a payload, which was filled up. */
  readonly filledUp: boolean;
  /** The line to the module; undefined if nobody answers. */
  readonly probe: LineProbe | undefined;
  /** The answer that counts. */
  readonly received: string;
}

/**
 * Looks for a module: at the rate given, out of data mode first, and at other rates. The port is closed if there is none.
 */
export async function findModule(patient: Patient): Promise<Search> {
  const { plan, stream } = patient;
  const { target } = plan;
  const given = rateOf(target) ?? lineControl(stream.get())?.baudRate;
  const rate = given ?? NO_RATE;
  const probe = new LineProbe(stream.get(), plan.signal);
  const before = await fillUp(probe, rate);
  const first = await callModule(probe, plan.startTimeout, before.received);
  const found = { given, first, received: first.received, tried: [], filledUp: before.filledUp };
  if (first.answer === 'answered') return { ...found, probe };
  await probe.close();
  if (sourceAt(target, rate) === undefined || !RATE_DOUBTFUL.includes(first.answer))
    return { ...found, probe: undefined };
  const tried: number[] = [];
  for (const other of otherRates(rate)) {
    const there = await tryRate(patient, other);
    if (there !== undefined) return { ...found, tried, rate: other, ...there };
    tried.push(other);
  }
  return { ...found, tried, probe: undefined };
}

/** A rate that the driver refuses is one at which the module does not answer. */
async function tryRate(
  patient: Patient,
  rate: number,
): Promise<{ readonly probe: LineProbe; readonly received: string } | undefined> {
  const probe = await reopened(patient, rate).catch((error) => {
    if (patient.plan.signal.aborted) throw error;
    return undefined;
  });
  if (probe === undefined) return undefined;
  const { answer, received } = await callModule(probe, Math.min(RATE_LIMIT, patient.plan.startTimeout));
  if (answer === 'answered') return { probe, received };
  await probe.close();
  return undefined;
}

async function reopened(patient: Patient, rate: number): Promise<LineProbe> {
  const { plan } = patient;
  const stream = await openLine(plan, sourceAt(plan.target, rate) ?? plan.target.source);
  patient.stream.set(stream);
  return new LineProbe(stream, plan.signal);
}

/** Rates to try, the most usual one of modules first; bit/s. */
const BAUD_RATES: readonly number[] = [115_200, 9_600, 57_600, 38_400, 19_200, 230_400, 460_800, 921_600];

/** Those that are left to try. */
export function otherRates(tried: number): readonly number[] {
  return BAUD_RATES.filter((rate) => rate !== tried);
}
