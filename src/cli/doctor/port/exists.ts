import { lookup } from 'node:dns/promises';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { listPorts, type PortInfo } from '../../../transport/list-ports.js';
import { EXIT } from '../../exit-codes.js';
import { type Finding, fail, ok } from '../finding.js';
import type { Patient, Plan, Step } from '../patient.js';
import type { Target } from '../target.js';
import { deviceFile } from './device-file.js';

/** Whether there is such a port: a device of this machine, or a host for TCP. */
export const PORT: Step = {
  name: 'port',
  title: 'port exists',
  needs: [],
  applies: ({ target }) => target.kind !== 'inner',
  examine: (patient) => {
    const { target } = patient.plan;
    return target.kind === 'tcp' ? examineHost(target) : examineDevice(patient);
  },
};

/** Whether the port is a device file, with an owner and rights; Windows has none. */
export function isDeviceFile({ target }: Plan): boolean {
  return target.kind === 'device' && process.platform !== 'win32';
}

export function devicePath({ target }: Plan): string {
  return target.kind === 'device' ? target.settings.path : target.source;
}

async function examineDevice(patient: Patient): Promise<Finding> {
  const path = devicePath(patient.plan);
  const { ports, names } = await knownPorts(path);
  if (!isDeviceFile(patient.plan)) {
    const port = ports.find((known) => known.path.toUpperCase() === path.toUpperCase());
    return port === undefined ? missing(path, ports, names) : ok(portWords(port), { ...port });
  }
  const device = await deviceFile(path);
  if (device === undefined) return missing(path, ports, names);
  if (!device.isDevice) {
    return fail(`${path} is no device`, EXIT.PORT, {
      causes: ['the path is that of a file or a folder'],
      next: elsewhere(ports, []),
    });
  }
  patient.device.set(device);
  const port = ports.find((known) => known.path === device.realPath || known.path === path);
  const link = device.realPath === path ? [] : [`which is ${device.realPath}`];
  const always = port?.byId === undefined || port.byId === path ? [] : [`always ${port.byId}`];
  const words = [port === undefined ? path : portWords({ ...port, path }), ...link, ...always];
  return ok(words.join(', '), { path, realPath: device.realPath, byId: port?.byId ?? null });
}

function missing(path: string, ports: readonly PortInfo[], names: readonly string[]): Finding {
  const similar = similarNames(path, names);
  return fail(
    `there is no ${path}`,
    EXIT.PORT,
    {
      causes: [
        ...(similar.length === 0
          ? []
          : ['the name is another one: numbers change when a device is plugged in again']),
        'the device is not plugged in, or has no power',
        'its driver is not loaded (dmesg tells), or the container has not been given the device',
      ],
      next: elsewhere(ports, similar),
    },
    { path, similar, ports: ports.map((port) => port.path) },
  );
}

function elsewhere(ports: readonly PortInfo[], similar: readonly string[]): string[] {
  const list =
    ports.length === 0
      ? 'plug the device in and look with `atmqtt ports`: now there is no serial port that the system knows'
      : `the serial ports that there are: ${ports.map(portWords).join(', ')}`;
  return similar.length === 0 ? [list] : [`did you mean ${similar.join(' or ')}?`, list];
}

async function examineHost({ host, port }: Extract<Target, { kind: 'tcp' }>): Promise<Finding> {
  try {
    const { address } = await lookup(host);
    const words = address === host ? `TCP ${host} port ${port}` : `TCP ${host} (${address}) port ${port}`;
    return ok(words, { host, address, port });
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    return fail(
      `the host name ${host} is not known to this machine (${code})`,
      EXIT.PORT,
      {
        causes: ['the name is misspelt', 'the DNS of this machine does not answer'],
        next: [`getent hosts ${host}`],
      },
      { host, port, code },
    );
  }
}

/** Names of serial ports on Linux and macOS. */
const PORT_NAMES = /^(?:tty(?:USB|ACM|AMA|O|S\d|mxc|THS|XRUSB|GS|\.)|cu\.)/;

/** These are there with and without hardware: nobody means them who asks for another kind. */
const BOARD_PORT = /\/ttyS\d+$/;

const DEVICE_FOLDER = '/dev';

/** What the system knows, and names that may have been meant, in /dev and in the folder of the wanted one. */
async function knownPorts(wanted: string): Promise<{ ports: PortInfo[]; names: string[] }> {
  const ports = await listPorts();
  const folder = dirname(wanted);
  const [devices, siblings] = await Promise.all([
    namesIn(DEVICE_FOLDER, (name) => PORT_NAMES.test(name)),
    folder === DEVICE_FOLDER || !folder.startsWith('/') ? [] : namesIn(folder, () => true),
  ]);
  const byId = ports.flatMap(({ byId: link }) => (link === undefined ? [] : [link]));
  const names = new Set([...ports.map(({ path }) => path), ...byId, ...devices, ...siblings]);
  names.delete(wanted);
  const numbered = BOARD_PORT.test(wanted);
  return { ports, names: [...names].filter((name) => numbered || !BOARD_PORT.test(name)) };
}

async function namesIn(folder: string, wanted: (name: string) => boolean): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter(wanted).map((name) => join(folder, name));
}

/** A port with what it looks like, e.g. `/dev/ttyUSB0 (WCH CH340 USB serial bridge)`. */
function portWords({ path, looksLike, manufacturer }: PortInfo): string {
  const what = looksLike ?? manufacturer;
  return what === undefined ? path : `${path} (${what})`;
}

/** More differences than this make another name. */
const MAX_DISTANCE = 3;

/** Names shown at most. */
const MAX_SHOWN = 5;

/** Those of the paths that may have been meant, the most similar first: by what stands behind the last slash. */
export function similarNames(wanted: string, paths: readonly string[]): string[] {
  const name = baseName(wanted);
  return paths
    .map((path) => ({ path, distance: distance(name, baseName(path)) }))
    .filter(({ distance: far }) => far <= MAX_DISTANCE)
    .sort((one, other) => one.distance - other.distance || one.path.localeCompare(other.path))
    .slice(0, MAX_SHOWN)
    .map(({ path }) => path);
}

/** Without regard to case: `ttyusb0` is what many type. */
function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).toLowerCase();
}

/** Levenshtein: characters to insert, delete or replace. */
export function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
