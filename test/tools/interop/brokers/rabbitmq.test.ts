import { expect, it } from 'vitest';
import { NotRun } from '../../shared/not-run.js';
import { Cleanup } from '../harness/cleanup.js';
import { startRabbitmq } from './rabbitmq.js';

it('is left out with the name of its package where it is not installed', async () => {
  const failed = startRabbitmq(new Cleanup(), false);
  await expect(failed).rejects.toThrow(NotRun);
  await expect(failed).rejects.toThrow('RabbitMQ is not installed (Debian package: rabbitmq-server)');
});
