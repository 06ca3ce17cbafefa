import { readFileSync } from 'node:fs';
import { describe, expect, inject, it } from 'vitest';
import { inProject } from '../shared/project.js';
import { mustRun, run } from './programs.js';

const project = inject('project');
const { version } = JSON.parse(readFileSync(inProject('package.json'), 'utf8')) as { version: string };

describe('the command of the packed package', () => {
  it('tells its version', () => {
    expect(mustRun(project, 'npx', 'atmqtt', '--version')).toBe(`${version}\n`);
  });

  it('goes the whole way without hardware', () => {
    expect(mustRun(project, 'npx', 'atmqtt', 'demo')).toContain('AT+LMQTTPUB');
  });

  it('makes a ledger: the prebuilt SQLite is there', () => {
    const secret = 'Hush-Product-Secret';
    const args = ['provision', 'product', '--product-key', 'a1X2bEnP82z', '--ledger', 'consumer.db'];
    const { code, stdout, stderr } = run(project, 'node_modules/.bin/atmqtt', [
      ...args,
      '--product-secret',
      secret,
    ]);
    expect(`${stdout}${stderr}`).not.toContain(secret);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });
});
