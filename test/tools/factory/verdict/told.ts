import { readFileSync } from 'node:fs';
import type { Books } from './books.js';
import type { Findings } from './findings.js';

/** What the station told people and programs. */
export function judgeTold(findings: Findings, { triples }: Books): string[] {
  const { stations, trace } = findings;
  const violations: string[] = [];
  for (const [index, { lines, strange, stderr, exit }] of stations.entries()) {
    const name = `station ${index + 1}`;
    if (stderr !== '') violations.push(`${name} complains: ${stderr.slice(0, 300)}`);
    // A line may be cut by a kill; nothing comes behind it.
    if (strange.length > (exit?.signal === 'SIGKILL' ? 1 : 0))
      violations.push(`${name} told no JSON: ${strange[0]}`);
    if (![0, 1, 130].includes(exit?.code ?? 0)) violations.push(`${name} ended with ${exit?.code}`);
    for (const { event, outcome, imei, deviceName } of lines) {
      if (event !== 'result' || (outcome !== 'passed' && outcome !== 'already')) continue;
      const stands = triples.some(
        (triple) => triple.imei === imei && triple.device_name === deviceName && triple.state === 'verified',
      );
      if (!stands) violations.push(`${name} told ${outcome} of ${imei}, which is not verified in the ledger`);
    }
  }
  if (!trace.includes('aliauth')) violations.push('the trace holds nothing');
  return [...violations, ...judgeSecrets(findings)];
}

/** No secret in what stations told, nor in their traces; and the search would find one. */
export function judgeSecrets({
  ledger,
  seen,
  stations,
  trace,
}: Pick<Findings, 'ledger' | 'seen' | 'stations' | 'trace'>): string[] {
  const secrets = [...seen.issued.values()].flat();
  const places = {
    trace,
    stdout: stations.map(({ stdout }) => stdout).join('\n'),
    stderr: stations.map(({ stderr }) => stderr).join('\n'),
  };
  const holds = (text: string) => secrets.some((secret) => text.includes(secret));
  const violations = Object.entries(places)
    .filter(([, text]) => holds(text))
    .map(([place]) => `a secret stands in ${place}`);
  // Where it belongs.
  if (!holds(readFileSync(ledger, 'latin1')))
    violations.push('the search for secrets finds none in the ledger');
  return violations;
}
