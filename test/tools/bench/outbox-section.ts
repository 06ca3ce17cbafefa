import { acceptedPerSecond } from './outbox.js';
import type { Section } from './section.js';

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
