import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { openOutbox } from '../../../src/client/outbox/open-outbox.js';
import { outboxSettings } from '../../../src/client/outbox/options.js';
import { ModemError } from '../../../src/errors/modem-error.js';
import { temporaryFolder } from '../../helpers/processes.js';
import type { Section } from './section.js';

const PAYLOAD = Buffer.alloc(256, 'x');

/** QoS 1 messages accepted per second by an outbox file in the folder of temporary files, so many at once. */
async function acceptedPerSecond(atOnce: number, count: number): Promise<number> {
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

export async function outboxSection(): Promise<Section> {
  const accepted = { 1: await acceptedPerSecond(1, 2000), 100: await acceptedPerSecond(100, 20_000) };
  return {
    ratios: {},
    data: { acceptedPerSecond: accepted },
    lines: [
      'QoS 1, 256 bytes, accepted by a durable outbox',
      ...Object.entries(accepted).map(
        ([atOnce, rate]) => `${atOnce.padStart(3)} at once ${rate.toFixed(0).padStart(8)} per second`,
      ),
    ],
  };
}
