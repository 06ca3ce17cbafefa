import { readFileSync } from 'node:fs';
import type { Books } from './books.js';
import type { Findings } from './findings.js';

/** What the station told people and programs. */
export function judgeTold({ world, stations, trace }: Findings, { triples }: Books): string[] {
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
  for (const secret of world.witness.secrets) {
    const places = {
      trace,
      stdout: stations.map(({ stdout }) => stdout),
      stderr: stations.map((s) => s.stderr),
    };
    for (const [place, text] of Object.entries(places)) {
      if ([text].flat().join('\n').includes(secret)) violations.push(`a secret stands in ${place}`);
    }
  }
  if (!trace.includes('aliauth')) violations.push('the trace holds nothing');
  // Where it belongs: the search above would find one.
  if (!findsSecrets(world)) violations.push('the search for secrets finds none in the ledger either');
  return violations;
}

function findsSecrets({ ledger, witness }: Findings['world']): boolean {
  const bytes = readFileSync(ledger, 'latin1');
  return [...witness.secrets].some((secret) => bytes.includes(secret));
}
