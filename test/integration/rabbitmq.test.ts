import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { connect } from '../../src/client/connect.js';
import { SimulatedModem } from '../../src/simulator/simulated-modem.js';
import { hasRabbitmq, RABBITMQ_LIMIT, type Rabbitmq, startRabbitmq } from '../helpers/rabbitmq.js';

if (!hasRabbitmq) console.warn('SKIPPED: tests with RabbitMQ need rabbitmq-server');

const METER = { username: 'meter', password: 'secret', write: '^up', read: '^down' } as const;

describe.skipIf(!hasRabbitmq)(
  'with RabbitMQ, which closes the connection for a topic that is not allowed',
  () => {
    let broker: Rabbitmq;
    beforeAll(async () => {
      broker = await startRabbitmq({ accounts: [METER] });
    }, RABBITMQ_LIMIT);
    afterAll(() => broker?.stop());

    async function start() {
      const module = await SimulatedModem.start({ broker: `mqtt://127.0.0.1:${broker.port}` });
      onTestFinished(() => module.close());
      const lines: string[] = [];
      module.on('command', (line) => lines.push(line));
      const { username, password } = METER;
      const client = await connect(module.url, {
        ...{ broker: 'mqtt://broker.example', clientId: 'meter-7', username, password },
        ...{ reconnectPeriod: 10, maxReconnectPeriod: 50, recovery: { climbAfter: 0 } },
      });
      onTestFinished(() => client.end({ force: true }));
      return { client, lines };
    }

    it('a message for it is given up; all others are delivered, with neither radio nor module touched', async () => {
      const { client, lines } = await start();
      const topics = ['up/1', 'up/2', 'other/3', 'up/4', 'up/5', 'up/6', 'up/7', 'up/8', 'up/9', 'up/10'];
      const ends = await Promise.all(
        topics.map((topic) =>
          client.publish(topic, 'x', { qos: 1 }).then(
            () => 'ok',
            ({ code }) => code,
          ),
        ),
      );
      expect(ends).toEqual(['ok', 'ok', 'PUBLISH_REFUSED', ...Array(7).fill('ok')]);
      expect(lines.filter((line) => line.includes('CFUN'))).toEqual([]);
    });
  },
);
