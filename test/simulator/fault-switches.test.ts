import { describe, expect, test } from 'vitest';
import { allFaults } from '../../src/simulator/all-faults.js';
import { usage } from '../../src/simulator/module/faults/fault-switches.js';
import { useFixture } from './fixture.js';

const fixture = useFixture();

describe('switches', () => {
  test('show what is on, the last parameter counts', async () => {
    const { modem } = await fixture().module({ faults: ['split=3', 'refuse-setting=urc'] });
    modem.faults.on('split=4');
    modem.faults.on('refuse-setting=cache');
    modem.faults.on('echo');
    expect(modem.faults.active).toEqual(['echo', 'split=4', 'refuse-setting=urc', 'refuse-setting=cache']);
    modem.faults.off('refuse-setting');
    modem.faults.off('echo');
    expect(modem.faults.active).toEqual(['split=4']);
  });

  test.each([
    ['nonsense', 'fault is "nonsense", but'],
    ['echo=1', 'fault is "echo=1", but'],
    ['split=0', 'fault split is 0, but must be a whole number from 1 to 65536'],
    ['split=x', 'fault split is "x", but'],
    ['late-ok', 'fault late-ok is undefined, but'],
    ['refuse-setting', 'fault refuse-setting is nothing, but'],
    ['publish-result=3', 'fault publish-result is 3, but'],
  ])('refuse %s', async (spec, message) => {
    const { modem } = await fixture().module();
    expect(() => modem.faults.on(spec)).toThrow(message);
    expect(modem.faults.active).toEqual([]);
  });

  test('refuse at the start as well', async () => {
    await expect(fixture().module({ faults: ['nonsense'] })).rejects.toThrow('fault is "nonsense", but');
  });

  test('have names of their own and a sentence of help', async () => {
    const faults = await allFaults();
    expect(new Set(faults.map(({ name }) => name)).size).toBe(faults.length);
    expect(faults.map(usage)).toContain('publish-result=<result>[:<count>]');
    for (const { name, help } of faults) expect(`${name}: ${help}`).toMatch(/^[a-z-]+: .{15,110}$/);
  });
});
