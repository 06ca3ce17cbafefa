import { readFileSync } from 'node:fs';
import type { Findings } from './findings.js';

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
