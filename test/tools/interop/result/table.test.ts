import { describe, expect, it } from 'vitest';
import type { Cell } from './matrix.js';
import { table } from './table.js';

const CELL: Cell = { broker: 'mosca', client: 'mqttjs', feature: 'qos0', outcome: 'ok', note: '' };

function show(...cells: Cell[]): string {
  return table({ brokers: new Map([['mosca', 'Mosca 2.8.3']]), cells });
}

describe('the table', () => {
  it('has a row for each feature and a column for each client', () => {
    expect(show(CELL, { ...CELL, client: 'paho-python', outcome: 'fail', note: 'up' })).toContain(
      '| Mosca 2.8.3 | MQTT.js, TCP | Paho Python |\n| --- | --- | --- |\n| QoS 0 | ok | **fail** [1] |\n',
    );
  });

  it('numbers each reason once', () => {
    const cell: Cell = { ...CELL, outcome: 'not run', note: 'Mosca has no QoS 2' };
    const text = show(CELL, { ...cell, feature: 'qos2' }, { ...cell, feature: 'kept-session-2' });
    expect(text.match(/not run \[1\]/g)).toHaveLength(2);
    expect(text.match(/^1\. Mosca has no QoS 2$/gm)).toHaveLength(1);
  });

  it('names a broker that was not there, and why', () => {
    expect(show({ ...CELL, outcome: 'not run', note: 'it is not installed' })).toContain(
      '**Mosca 2.8.3**: not run: it is not installed.',
    );
  });
});
