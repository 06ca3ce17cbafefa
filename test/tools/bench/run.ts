import { buildPackage } from '../shared/npm.js';
import { type BenchOptions, SECTION_NAMES, type SectionName } from './command.js';
import { growthSection } from './growth/section.js';
import { lineSection } from './line/section.js';
import { outboxSection } from './outbox.js';
import { parsingSection } from './parsing/section.js';
import { recoverySection } from './recovery/section.js';
import { roundTripSection } from './round-trip/section.js';
import type { Section } from './section.js';
import { startSection } from './start/section.js';
import { widthSection } from './width/section.js';
import { windowSection } from './window/section.js';
import { wireSection } from './wire/section.js';

const SECTIONS: Readonly<Record<SectionName, () => Promise<Section>>> = {
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

/** Measures these sections, or all, and prints what it has found. */
export async function run({ json }: BenchOptions, names: readonly SectionName[]): Promise<boolean> {
  await buildPackage();
  const sections: Section[] = [];
  for (const name of SECTION_NAMES) {
    if (names.length === 0 || names.includes(name)) sections.push(await SECTIONS[name]());
  }
  const ratios = Object.assign({}, ...sections.map((section) => section.ratios)) as Record<string, number>;
  if (json) {
    console.log(JSON.stringify(Object.assign({ ratios }, ...sections.map(({ data }) => data))));
    return true;
  }
  for (const [name, ratio] of Object.entries(ratios)) console.log(`${name.padEnd(40)} ${ratio.toFixed(2)}`);
  for (const { lines } of sections) console.log(`\n${lines.join('\n')}`);
  return true;
}
