import { readdir, readFile, readlink, stat } from 'node:fs/promises';
import { EXIT } from '../../exit-codes.js';
import { type Advice, type Finding, fail, ok } from '../finding.js';
import type { Step } from '../patient.js';
import type { DeviceFile } from './device-file.js';
import { devicePath, isDeviceFile } from './exists.js';

/** Whether another process has the device open. */
export const FREE: Step = {
  name: 'free',
  title: 'free',
  needs: ['port'],
  applies: (plan) => isDeviceFile(plan) && process.platform === 'linux',
  examine: async ({ plan, device }) => {
    const holders = await holdersOf(device.get());
    if (holders === undefined) return ok('it cannot be seen here who holds it', { hidden: null });
    const { found, hidden } = holders;
    if (found.length > 0) return busyFinding(devicePath(plan), found);
    const rest = hidden === 0 ? '' : `, as far as this user may see (${hidden} are of others)`;
    return ok(`no process holds it${rest}`, { holders: [], hidden });
  },
};

/** The usual culprit: it opens every new port to see whether there is a modem. */
const MODEM_MANAGER = 'ModemManager';

/** `holders`: at least one. */
function busyFinding(path: string, holders: readonly Holder[]): Finding {
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

type Device = Pick<DeviceFile, 'deviceNumber' | 'realPath'>;

/** A process that has the device open. */
interface Holder {
  readonly pid: number;
  /** As `ps` shows it, at most 15 characters. */
  readonly name: string;
}

interface Holders {
  readonly found: readonly Holder[];
  /** Processes of other users, which this one may not look into. */
  readonly hidden: number;
}

/** A terminal that a process has made, and whose other end it holds. */
const PSEUDO_TERMINAL = /^\/dev\/pts\/(\d+)$/;

/**
 * Undefined where there is no /proc as that of Linux. The process at the other end of a pseudo-terminal is no holder,
 * although many keep our end open too.
 */
async function holdersOf({ deviceNumber, realPath }: Device): Promise<Holders | undefined> {
  const pids = await readdir('/proc').catch(() => []);
  const others = pids.filter((pid) => /^\d+$/.test(pid) && Number(pid) !== process.pid);
  if (others.length === 0) return undefined;
  const found: Holder[] = [];
  let hidden = 0;
  const terminal = PSEUDO_TERMINAL.exec(realPath)?.[1];
  for (const pid of others) {
    const holds = await holdsDevice(pid, deviceNumber);
    if (holds === undefined) hidden += 1;
    else if (holds && !(await isOtherEnd(pid, terminal)))
      found.push({ pid: Number(pid), name: await nameOf(pid) });
  }
  return { found, hidden };
}

/** Undefined if that cannot be seen; false for a process that has ended meanwhile. */
async function holdsDevice(pid: string, deviceNumber: number): Promise<boolean | undefined> {
  const folder = `/proc/${pid}/fd`;
  let descriptors: string[];
  try {
    descriptors = await readdir(folder);
  } catch (error) {
    // EPERM: /proc is mounted with hidepid.
    const { code = '' } = error as NodeJS.ErrnoException;
    return ['EACCES', 'EPERM'].includes(code) ? undefined : false;
  }
  for (const descriptor of descriptors) {
    if (await isDevice(`${folder}/${descriptor}`, deviceNumber)) return true;
  }
  return false;
}

async function isDevice(descriptor: string, deviceNumber: number): Promise<boolean> {
  const target = await readlink(descriptor).catch(() => '');
  // Others are not asked for: a file on a network that is down would keep us waiting.
  if (!target.startsWith('/dev/')) return false;
  const found = await stat(descriptor).catch(() => undefined);
  return found?.isCharacterDevice() === true && found.rdev === deviceNumber;
}

/** Whether the process holds the master of the terminal: its entry in fdinfo names the number. */
async function isOtherEnd(pid: string, terminal: string | undefined): Promise<boolean> {
  if (terminal === undefined) return false;
  const folder = `/proc/${pid}/fdinfo`;
  for (const descriptor of await readdir(folder).catch(() => [])) {
    const info = await readFile(`${folder}/${descriptor}`, 'utf8').catch(() => '');
    if (/^tty-index:\s*(\d+)$/m.exec(info)?.[1] === terminal) return true;
  }
  return false;
}

async function nameOf(pid: string): Promise<string> {
  const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '');
  return name.trim() || 'unknown';
}
