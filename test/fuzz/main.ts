import { parseArgs } from 'node:util';
import { campaign } from './campaign.js';
import { TARGETS } from './targets.js';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '100000' },
    seed: { type: 'string' },
    path: { type: 'string' },
    target: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});

function wholeNumber(name: string, text: string): number {
  if (/^\d{1,10}$/.test(text)) return Number(text);
  throw new Error(`--${name} ${text}: a whole number is needed`);
}

const runs = wholeNumber('runs', values.runs);
const seed = values.seed === undefined ? Date.now() % 2 ** 31 : wholeNumber('seed', values.seed);
const targets = TARGETS.filter(({ name }) => values.target === undefined || name === values.target);
if (targets.length === 0) throw new Error(`--target: one of ${TARGETS.map(({ name }) => name).join(', ')}`);

const begin = performance.now();
const report = await campaign(targets, { runs, seed, path: values.path });
const seconds = (performance.now() - begin) / 1000;

if (values.json) {
  console.log(JSON.stringify({ ...report, seed, seconds }));
} else {
  for (const { target, seed: found, path, input, error } of report.findings) {
    console.log(`${target}: ${error}\n  input: ${input}`);
    console.log(`  again: npm run fuzz -- --target '${target}' --seed ${found} --path '${path}'\n`);
  }
  console.log(
    `${report.runs} runs, ${report.findings.length} findings, ${seconds.toFixed(1)} s, seed ${seed}`,
  );
}
process.exitCode = report.findings.length === 0 ? 0 : 1;
