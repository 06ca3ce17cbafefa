import { acceptedPerSecond } from './outbox.js';
import { publishesPerSecond, ROUND_TRIP } from './publish-window.js';
import type { Section } from './section.js';

export async function windowSection(): Promise<Section> {
  const one = await publishesPerSecond(1, 8);
  const eight = await publishesPerSecond(8, 64);
  return {
    ratios: { 'window 8 / window 1': eight / one },
    data: { publishesPerSecond: { 1: one, 8: eight } },
    lines: [
      `QoS 1, 256 bytes, round trip of ${ROUND_TRIP} ms`,
      `window 1 ${one.toFixed(1).padStart(8)} per second`,
      `window 8 ${eight.toFixed(1).padStart(8)} per second`,
    ],
  };
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
