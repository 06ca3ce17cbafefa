import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { openOutbox } from '../../../src/client/outbox/open-outbox.js';
import { outboxSettings } from '../../../src/client/outbox/options.js';
import { ModemError } from '../../../src/errors/modem-error.js';
import { temporaryFolder } from '../../helpers/processes.js';

const PAYLOAD = Buffer.alloc(256, 'x');

/** QoS 1 messages accepted per second by an outbox file in the folder of temporary files, so many at once. */
export async function acceptedPerSecond(atOnce: number, count: number): Promise<number> {
  const folder = await temporaryFolder();
  const outbox = await openOutbox(outboxSettings({ file: join(folder, 'outbox.db'), maxMessages: count }));
  const start = performance.now();
  for (let done = 0; done < count; done += atOnce) {
    const batch = Array.from({ length: atOnce }, () => {
      return outbox.publish({ topic: 'bench', payload: PAYLOAD, qos: 1, retain: false }).accepted;
    });
    await Promise.all(batch);
  }
  const seconds = (performance.now() - start) / 1000;
  outbox.close(new ModemError('CLOSED', 'measured'));
  rmSync(folder, { recursive: true });
  return count / seconds;
}
