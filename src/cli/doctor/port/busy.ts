import { EXIT } from '../../exit-codes.js';
import { type Advice, type Finding, fail } from '../finding.js';
import type { Holder } from './holders.js';

/** The usual culprit: it opens every new port to see whether there is a modem. */
const MODEM_MANAGER = 'ModemManager';

/** `holders`: at least one. */
export function busyFinding(path: string, holders: readonly Holder[]): Finding {
  const words = holders.map(({ pid, name }) => `${name} (pid ${pid})`).join(', ');
  return fail(`${path} is held by ${words}`, EXIT.PORT, busyAdvice(path, holders), {
    path,
    holders: holders.map(({ pid, name }) => ({ pid, name })),
  });
}

/** What to do about a port that somebody holds; without `holders` it is not known who. */
export function busyAdvice(path: string, holders: readonly Holder[]): Advice {
  const [first] = holders;
  if (first === undefined) {
    return {
      causes: [
        'a process of another user holds the port: ModemManager is the usual one, it opens every new modem',
        'a terminal program (minicom, screen, tio) or another atmqtt is still open',
      ],
      next: [
        `sudo fuser -v ${path}   (shows which)`,
        'systemctl is-active ModemManager, and if it is: sudo systemctl stop ModemManager',
      ],
    };
  }
  if (holders.some(({ name }) => name === MODEM_MANAGER)) {
    return {
      causes: ['ModemManager takes every modem that it finds'],
      next: [
        'sudo systemctl stop ModemManager   (until the next start of the machine)',
        'for good: sudo systemctl disable ModemManager, or a udev rule with ENV{ID_MM_DEVICE_IGNORE}="1"',
      ],
    };
  }
  return {
    causes: ['two programs on one port take the bytes from each other'],
    next: [`close ${first.name}, or end it: kill ${first.pid}`],
  };
}
