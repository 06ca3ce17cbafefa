import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { listPorts, type PortInfo } from '../../../transport/list-ports.js';

/** Names of serial ports on Linux and macOS. */
const PORT_NAMES = /^(?:tty(?:USB|ACM|AMA|O|S\d|mxc|THS|XRUSB|GS|\.)|cu\.)/;

/** These are there with and without hardware: nobody means them who asks for another kind. */
const BOARD_PORT = /\/ttyS\d+$/;

const DEVICE_FOLDER = '/dev';

/** What the system knows, and names that may have been meant, in /dev and in the folder of the wanted one. */
export async function knownPorts(wanted: string): Promise<{ ports: PortInfo[]; names: string[] }> {
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
export function portWords({ path, looksLike, manufacturer }: PortInfo): string {
  const what = looksLike ?? manufacturer;
  return what === undefined ? path : `${path} (${what})`;
}
