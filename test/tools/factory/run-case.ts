import { FactoryLine } from './factory-line.js';
import type { CasePlan } from './plan.js';
import { verdict } from './verdict/verdict.js';
import { World } from './world.js';

/** What came of a case. Times in ms. */
export interface CaseReport {
  readonly plan: CasePlan;
  readonly elapsed: number;
  /** Names of the faults that there were. */
  readonly faults: readonly string[];
  /** How the attempts ended: `passed`, `already`, `interrupted`, or the reason of a failure. */
  readonly attempts: readonly string[];
  /** States of the triples that modules have in the end. */
  readonly states: readonly string[];
  readonly violations: readonly string[];
}

/** ms that a case may take. */
const LIMIT = 60_000;

/** Runs a case to its end and judges it. Rejects only for faults of the harness itself. */
export async function runCase(plan: CasePlan): Promise<CaseReport> {
  const start = performance.now();
  const world = await World.start(plan);
  const line = new FactoryLine(world, plan);
  try {
    const late = await within(LIMIT, line.run());
    if (late)
      return report(plan, start, line, { violations: [`no end after ${LIMIT} ms: ${line.situation()}`] });
    return report(plan, start, line, verdict(await line.findings()));
  } finally {
    await line.stop();
    await world.close();
  }
}

function report(
  plan: CasePlan,
  start: number,
  { injector }: FactoryLine,
  found: Partial<Pick<CaseReport, 'attempts' | 'states'>> & Pick<CaseReport, 'violations'>,
): CaseReport {
  const faults = injector.disturbances.map(({ fault }) => fault.kind.name);
  return { plan, elapsed: performance.now() - start, faults, attempts: [], states: [], ...found };
}

/** Whether the time was over first. */
async function within(ms: number, work: Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<true>((resolve) => {
    timer = setTimeout(() => resolve(true), ms);
  });
  try {
    return (await Promise.race([work, late])) ?? false;
  } finally {
    clearTimeout(timer);
  }
}
