import { describe, expect, inject, it } from 'vitest';
import { run } from './programs.js';

const tools = inject('tools');
const tarball = inject('tarball');

describe('the packed package', () => {
  it('leaves nothing to say to publint', () => {
    const { code, stdout } = run(tools, 'npx', ['publint', 'run', tarball, '--strict']);
    expect(stdout).toContain('All good!');
    expect(code).toBe(0);
  });

  // The profile leaves out `require` as it was before Node 20.19, and resolution as it was before `exports`.
  it('leaves nothing to say to arethetypeswrong, of a package of ES modules', () => {
    const { code, stdout } = run(tools, 'npx', ['attw', tarball, '--profile', 'esm-only', '--no-emoji']);
    const said = stdout.split('\n').filter((line) => /^(?:node16 \(from ESM\)|bundler): /.test(line.trim()));
    expect(said.filter((line) => !/: OK/.test(line))).toEqual([]);
    expect(said).toHaveLength(12);
    expect(code).toBe(0);
  });
});
