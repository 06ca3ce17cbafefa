import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '../src/errors/codes.js';
import { FAILURES } from '../src/provisioning/failures.js';
import { CLOUD_FAULTS } from '../src/simulator/aliyun/cloud-faults.js';
import { allFaults } from '../src/simulator/all-faults.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const { dependencies, devDependencies } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
) as Record<'dependencies' | 'devDependencies', Record<string, string>>;

const faults = await allFaults();

describe('the README says what is true', () => {
  it.each(Object.entries(ERROR_CODES))('of the error code %s', (code, sentence) => {
    expect(readme).toContain(`| \`${code}\` | ${sentence.replaceAll('|', '\\|')} |`);
  });

  it('and of no other code', () => {
    const codes = [...readme.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, code]) => code);
    expect(codes).toEqual(Object.keys(ERROR_CODES));
  });

  it.each(faults)('of the fault $name', ({ name, parameter = '', help }) => {
    expect(readme).toContain(`| \`${name}${parameter}\` | ${help} |`);
  });

  it.each(CLOUD_FAULTS)('of the fault $name of the cloud', ({ name, parameter = '', help }) => {
    expect(readme).toContain(`| \`${name}${parameter}\` | ${help} |`);
  });

  it.each(Object.entries(FAILURES))('of the failure %s', (code, { sentence, action, passing }) => {
    expect(readme).toContain(`| **${code}** | ${sentence} | ${action} | ${passing ? 'yes' : 'no'} |`);
  });

  it('and of no other failure', () => {
    const codes = [...readme.matchAll(/^\| \*\*([A-Z_]+)\*\* \| .* \| (?:yes|no) \|$/gm)].map(
      ([, code]) => code,
    );
    expect(codes).toEqual(Object.keys(FAILURES));
  });

  it.each(Object.keys({ ...dependencies, ...devDependencies }))('of the dependency %s', (name) => {
    expect(readme).toContain(`\`${name}\``);
  });
});
