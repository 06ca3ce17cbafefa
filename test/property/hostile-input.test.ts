import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { campaign } from '../tools/fuzz/campaign.js';
import { ALL_COMMANDS, ALL_URCS } from '../tools/fuzz/declarations.js';
import { TARGETS } from '../tools/fuzz/targets.js';

/** The rest is done by `npm run tool -- fuzz`. */
const RUNS = 20_000;

const SEED = 1;

const ALL_WEIGHTS = TARGETS.reduce((sum, { weight }) => sum + weight, 0);

describe('hostile input does no harm', () => {
  it.each(TARGETS)('$name', async (target) => {
    const runs = Math.round((RUNS * target.weight) / ALL_WEIGHTS);
    const report = await campaign([target], { runs, seed: SEED });
    expect(report.findings).toEqual([]);
    expect(report.runs).toBe(runs);
  });

  it('every declaration takes part', () => {
    const names = ALL_COMMANDS.map(({ name, form }) => `${name} ${form}`);
    expect(names).toEqual(
      expect.arrayContaining([
        '+LMQTTPUB set',
        '+LMQTTCONN read',
        '+CSQ action',
        '+CEREG read',
        '+LCELL read',
      ]),
    );
    expect(names.length).toBeGreaterThan(35);
    expect(ALL_URCS.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['+LMQTTURC', '+CEREG', '+CPIN']),
    );
    expect(ALL_URCS.length).toBeGreaterThan(10);
  });
});

describe('a campaign', () => {
  const planted = {
    name: 'planted',
    weight: 1,
    property: fc.property(fc.nat({ max: 1000 }), (value) => value < 10) as never,
  };

  it('makes a finding small, and tells how to repeat it', async () => {
    const { findings } = await campaign([planted], { runs: 1000, seed: 7 });
    expect(findings).toMatchObject([{ target: 'planted', seed: 7, input: '[10]' }]);
    const { path = '' } = findings[0] ?? {};
    const again = await campaign([planted], { runs: 1, seed: 7, path });
    expect(again.findings).toMatchObject([{ input: '[10]' }]);
  });

  it('shares the runs out by weight', async () => {
    const { runs, findings } = await campaign(TARGETS, { runs: 400, seed: 7 });
    expect(findings).toEqual([]);
    expect(Math.abs(runs - 400)).toBeLessThan(TARGETS.length);
  });
});
