import { expect, it } from 'vitest';
import { Cleanup } from '../harness/cleanup.js';
import { NotRun } from '../harness/verdict.js';
import { startRabbitmq } from './rabbitmq.js';

it('is left out with the name of its package where it is not installed', async () => {
  const failed = startRabbitmq(new Cleanup(), false);
  await expect(failed).rejects.toThrow(NotRun);
  await expect(failed).rejects.toThrow('RabbitMQ is not installed (Debian package: rabbitmq-server)');
});
