import { describe, expect, it } from 'vitest';
import { type Expected, missing, regressions } from './expected.js';
import type { Cell } from './matrix.js';

function cell(outcome: Cell['outcome'], feature = 'qos1'): Cell {
  return { broker: 'aedes', client: 'mqttjs', feature, outcome, note: 'why' };
}

const KEY = 'aedes / mqttjs / qos1';

describe('what is worse than before', () => {
  it.each(['fail', 'not run'] as const)('is a cell that was ok and now is: %s', (outcome) => {
    expect(regressions({ [KEY]: 'ok' }, [cell(outcome)])).toEqual([`${KEY}: ok → ${outcome}: why`]);
  });

  it('is a cell that was not visible and is not run any more', () => {
    expect(regressions({ [KEY]: 'not visible' }, [cell('not run')])).toHaveLength(1);
  });

  it('is every failure, known or new', () => {
    expect(regressions({ [KEY]: 'fail' }, [cell('fail')])).toHaveLength(1);
    expect(regressions({}, [cell('fail')])).toEqual([`${KEY}: new → fail: why`]);
  });

  it('is not a cell that never ran, nor one that got better', () => {
    expect(regressions({ [KEY]: 'not run' }, [cell('not run')])).toEqual([]);
    expect(regressions({ [KEY]: 'not run' }, [cell('ok')])).toEqual([]);
  });

  it('is a cell that is gone', () => {
    const expected: Expected = { [KEY]: 'ok', 'aedes / - / tls': 'ok' };
    expect(missing(expected, [cell('ok')])).toEqual(['aedes / - / tls']);
  });
});
