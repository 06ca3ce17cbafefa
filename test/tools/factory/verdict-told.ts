import type { Books } from './books.js';
import type { Findings } from './findings.js';
import { judgeSecrets } from './verdict-secrets.js';

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
