import { CLOCK } from '../../at/commands/clock.js';
import { answering } from './behaviour.js';

/** Local time of China in quarter hours, where these modules live. */
const ZONE = 32;

export const clock = answering(CLOCK, {
  answer: () => {
    const local = new Date(Date.now() + ZONE * 15 * 60_000);
    return {
      year: local.getUTCFullYear() % 100,
      month: local.getUTCMonth() + 1,
      day: local.getUTCDate(),
      hour: local.getUTCHours(),
      minute: local.getUTCMinutes(),
      second: local.getUTCSeconds(),
      zone: ZONE,
    };
  },
});
