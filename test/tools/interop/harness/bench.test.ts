import { describe, expect, it } from 'vitest';
import { NotRun } from '../../shared/not-run.js';
import type { Broker } from '../brokers/broker.js';
import { MOSQUITTO_CLIENTS } from '../far/mosquitto-clients.js';
import { mqttjs } from '../far/mqttjs.js';
import { Bench } from './bench.js';
import { Cleanup } from './cleanup.js';

const absent = 'absent';
const DOORS = { plain: absent, tls: absent, mutual: absent, ws: absent, guarded: absent };

function bench(lacks: Broker['lacks'], driver = mqttjs('plain')): Bench {
  return new Bench(
    { name: 'rabbitmq', title: 'a broker', doors: DOORS, lacks },
    driver,
    'open/1',
    new Cleanup(),
  );
}

describe('what a broker lacks', () => {
  it('leaves out cells that need it', () => {
    expect(() => bench({ sys: 'no $SYS' }).needs('sys')).toThrow(new NotRun('no $SYS'));
    expect(() => bench({ sys: 'no $SYS' }).needs('mqtt31')).not.toThrow();
  });

  it('leaves out QoS 2 with clients that insist on more than the broker does, and no others', () => {
    const lacks = { pubrec: 'PUBACK for QoS 2' };
    expect(() => bench(lacks).needsQos2()).not.toThrow();
    expect(() => bench(lacks, MOSQUITTO_CLIENTS).needsQos2()).toThrow(new NotRun('PUBACK for QoS 2'));
    expect(() => bench({}, MOSQUITTO_CLIENTS).needsQos2()).not.toThrow();
    expect(() => bench({ qos2: 'none' }).needsQos2()).toThrow(new NotRun('none'));
  });

  it('lowers what is due, and is noted where the rest works', () => {
    const lower = bench({ deliversQos2: 'QoS 1 for 2', keptOrder: 'shuffled' });
    expect([0, 1, 2].map((qos) => lower.delivered(qos as 0 | 1 | 2))).toEqual([0, 1, 1]);
    expect(lower.fineBut('keptOrder', 'deliversQos2', 'retainFlag')).toEqual({
      outcome: 'ok',
      note: 'shuffled; QoS 1 for 2',
    });
    expect(bench({}).delivered(2)).toBe(2);
    expect(bench({}).fineBut('keptOrder')).toBeUndefined();
  });
});
