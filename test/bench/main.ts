import { growthSection } from './growth/section.js';
import { lineSection } from './line-section.js';
import { outboxSection } from './outbox-section.js';
import { parsingSection } from './parsing/section.js';
import { recoverySection } from './recovery/section.js';
import { roundTripSection } from './round-trip/section.js';
import type { Section } from './section.js';
import { startSection } from './start/section.js';
import { widthSection } from './width/section.js';
import { windowSection } from './window/section.js';
import { wireSection } from './wire/section.js';

/** `npm run bench` runs all of them, `npm run bench -- line` the ones that are named; `--json` for machines. */
const SECTIONS: Readonly<Record<string, () => Promise<Section>>> = {
  'round-trip': roundTripSection,
  window: windowSection,
  wire: wireSection,
  width: widthSection,
  growth: growthSection,
  parsing: parsingSection,
  start: startSection,
  recovery: recoverySection,
  outbox: outboxSection,
  line: lineSection,
};

const named = process.argv.slice(2).filter((argument) => argument !== '--json');
const unknown = named.filter((name) => !Object.hasOwn(SECTIONS, name));
if (unknown.length > 0) {
  console.error(`${unknown.join(', ')}: not one of ${Object.keys(SECTIONS).join(', ')}`);
  process.exit(2);
}
const sections: Section[] = [];
for (const [name, run] of Object.entries(SECTIONS)) {
  if (named.length === 0 || named.includes(name)) sections.push(await run());
}
const ratios = Object.assign({}, ...sections.map((section) => section.ratios)) as Record<string, number>;

if (process.argv.includes('--json')) {
  console.log(JSON.stringify(Object.assign({ ratios }, ...sections.map(({ data }) => data))));
} else {
  for (const [name, ratio] of Object.entries(ratios)) console.log(`${name.padEnd(40)} ${ratio.toFixed(2)}`);
  for (const { lines } of sections) console.log(`\n${lines.join('\n')}`);
}
