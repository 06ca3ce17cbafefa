import { campaign } from './campaign.js';
import type { FuzzOptions } from './command.js';
import { TARGETS } from './targets.js';

/** Prints what was found, and the commands that repeat it; false if it is anything. */
export async function run({ runs, seed, path, target: wanted, json }: FuzzOptions): Promise<boolean> {
  const targets = TARGETS.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
  const begin = performance.now();
  const report = await campaign(targets, { runs, seed, path });
  const seconds = (performance.now() - begin) / 1000;
  if (json) console.log(JSON.stringify({ ...report, seed, seconds }));
  else {
    for (const { target, seed: found, path: where, input, error } of report.findings) {
      console.log(`${target}: ${error}\n  input: ${input}`);
      console.log(`  again: npm run tool -- fuzz --target '${target}' --seed ${found} --path '${where}'\n`);
    }
    console.log(
      `${report.runs} runs, ${report.findings.length} findings, ${seconds.toFixed(1)} s, seed ${seed}`,
    );
  }
  return report.findings.length === 0;
}
