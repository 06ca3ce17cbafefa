import { describe, expect, it } from 'vitest';
import { type Cell, skipped } from './matrix.js';

function cell(broker: Cell['broker'], outcome: Cell['outcome'], note = ''): Cell {
  return { broker, client: 'mqttjs', feature: 'qos1', outcome, note };
}

const BROKERS = new Map([
  ['rabbitmq', 'rabbitmq: absent'],
  ['mosca', 'Mosca 2.8.3'],
] as const);

describe('brokers that were left out', () => {
  it('are named, with what is missing', () => {
    const cells = [
      cell('rabbitmq', 'not run', 'absent'),
      cell('rabbitmq', 'not run', 'absent'),
      cell('mosca', 'ok'),
    ];
    expect(skipped({ brokers: BROKERS, cells })).toEqual(['SKIPPED rabbitmq: absent']);
  });

  it('are not those of which something was run, or which lack this and that', () => {
    const mixed = [cell('rabbitmq', 'not run', 'absent'), cell('rabbitmq', 'ok')];
    const lacking = [cell('mosca', 'not run', 'no QoS 2'), cell('mosca', 'not run', 'no order')];
    expect(skipped({ brokers: BROKERS, cells: [...mixed, ...lacking] })).toEqual([]);
  });
});
