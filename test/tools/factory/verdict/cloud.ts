import type { Books } from './books.js';
import type { Findings, Seen } from './findings.js';

/** Failures of the step `register` that say for certain that no secret was given out. */
const SURELY_NOT = ['REGISTRATION_FAILED', 'REGISTRATION_REFUSED', 'ALREADY_ACTIVATED', 'ABORTED'];

/** ms by which the clock may step between two readings. */
const STEP = 1;

/** What modules heard and the cloud saw, beside what stands in the books. */
export function judgeCloud(findings: Findings, books: Books): string[] {
  return [
    ...judgeHeard(findings.seen),
    ...judgeProofs(findings.seen, books),
    ...judgeRegistrations(findings, books),
  ];
}

/** No name in two modules, no module with two, and with each name a secret of its own, in the end the one that counts. */
export function judgeHeard({ heard, issued }: Pick<Seen, 'heard' | 'issued'>): string[] {
  const violations = new Set<string>();
  for (const one of heard) {
    if (!issued.get(one.deviceName)?.includes(one.deviceSecret))
      violations.add(`${one.imei} was told a secret that is none of ${one.deviceName}`);
    for (const other of heard) {
      if ((one.deviceName === other.deviceName) === (one.imei === other.imei)) continue;
      violations.add(`${one.imei} was told ${one.deviceName}, and ${other.imei} ${other.deviceName}`);
    }
  }
  for (const [name, secrets] of issued) {
    const told = heard.findLast(({ deviceName }) => deviceName === name);
    if (told !== undefined && told.deviceSecret !== secrets.at(-1))
      violations.add(`${told.imei} was last told a dead secret of ${name}`);
  }
  return [...violations];
}

/** Every attempt that passed was seen by the cloud: a login, and behind it a proof. */
export function judgeProofs({ logins, proofs, heard }: Seen, { attempts, triples }: Books): string[] {
  return attempts.flatMap((attempt) => {
    const { id, imei, device_name: name, started_at: from, ended_at, outcome } = attempt;
    const claims = outcome === 'passed' || triples.some((triple) => triple.verified_attempt === id);
    if (!claims) return [];
    const until = ended_at ?? Number.POSITIVE_INFINITY;
    const during = ({ at }: { readonly at: number }) => at >= from - STEP && at <= until + STEP;
    const of = (deviceName: string) => deviceName === name;
    const told = heard.find((one) => during(one) && of(one.deviceName) && one.imei === imei);
    const login = logins.find((one) => during(one) && of(one.deviceName) && one.at >= (told?.at ?? Infinity));
    const proof = proofs.find(
      (one) => during(one) && of(one.deviceName) && one.at >= (login?.at ?? Infinity),
    );
    if (proof !== undefined) return [];
    const missing = told === undefined ? 'triple' : login === undefined ? 'login' : 'proof';
    return [`attempt ${id} at ${imei} passed, and nobody saw its ${missing}`];
  });
}

/** No name is registered twice unless the first time was surely in vain, or somebody said so. */
function judgeRegistrations({ seen, calmSince }: Findings, { attempts, steps }: Books): string[] {
  const { registrations } = seen;
  const names = new Set(registrations.map(({ deviceName }) => deviceName));
  const violations: string[] = [];
  for (const name of names) {
    const asked = registrations.filter(({ deviceName }) => deviceName === name);
    const ids = attempts.filter(({ device_name }) => device_name === name).map(({ id }) => id);
    const intents = steps.filter(
      ({ attempt_id, event, what }) => ids.includes(attempt_id) && event === 'register' && what === 'intent',
    );
    const open = intents.filter(({ id, at }) => {
      const { what, code } = steps.find(({ intent_id }) => intent_id === id) ?? {};
      return at < calmSince && !(what === 'failed' && SURELY_NOT.includes(code ?? ''));
    });
    if (open.length > 1) violations.push(`${name} was asked for again without an order`);
    if (asked.length > intents.length) violations.push(`${name} was asked for more often than the books say`);
    for (const { at, result } of asked) {
      const intent = intents.findLast((one) => one.at <= at + STEP);
      const end = steps.find(({ intent_id }) => intent !== undefined && intent_id === intent.id);
      if (intent === undefined) violations.push(`${name} was asked for without an intent`);
      else if (result === 'registered' && end?.what === 'failed' && SURELY_NOT.includes(end.code ?? ''))
        violations.push(`${name} was registered, and the books say ${end.code}`);
    }
  }
  return violations;
}
