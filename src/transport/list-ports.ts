import { readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { usbDeviceName } from './usb-ids.js';

/** A serial port that the system knows. */
export interface PortInfo {
  /** What `openTransport` takes, e.g. `/dev/ttyUSB0` or `COM3`. */
  readonly path: string;
  /** A path that stays the same when the device is plugged in elsewhere or later; Linux with udev only. */
  readonly byId?: string;
  /** Name of the maker as the device tells it. */
  readonly manufacturer?: string;
  readonly serialNumber?: string;
  /** USB ids, four hex digits in lower case. */
  readonly vendorId?: string;
  readonly productId?: string;
  /** What the device looks like by its USB ids, where these are well known. */
  readonly looksLike?: string;
}

const BY_ID = '/dev/serial/by-id';

/** What `list()` of the binding of `serialport` gives, as far as it is of use. */
interface ListedPort {
  readonly path: string;
  readonly manufacturer?: string | undefined;
  readonly serialNumber?: string | undefined;
  readonly vendorId?: string | undefined;
  readonly productId?: string | undefined;
}

/** Every serial port of this machine, in order of path. Where nothing can be learned the list is empty; never rejects. */
export async function listPorts(): Promise<PortInfo[]> {
  const [listed, links] = await Promise.all([systemPorts(), byIdLinks(BY_ID)]);
  return mergePorts(listed, links);
}

/** Joins ports and by-id links (link by device path); a device that only a link knows is a port too. */
export function mergePorts(listed: readonly ListedPort[], links: ReadonlyMap<string, string>): PortInfo[] {
  const ports = new Map(listed.map((port) => [port.path, describe(port, links.get(port.path))]));
  for (const [path, link] of links) {
    if (!ports.has(path)) ports.set(path, describe({ path }, link));
  }
  return [...ports.values()].sort((one, other) =>
    one.path.localeCompare(other.path, undefined, { numeric: true }),
  );
}

/** The links in a folder such as /dev/serial/by-id, by the path of the device; empty where there is no such folder. */
export async function byIdLinks(folder: string): Promise<Map<string, string>> {
  const names = await readdir(folder).catch(() => []);
  const links = new Map<string, string>();
  for (const name of names.sort()) {
    const link = join(folder, name);
    const path = await realpath(link).catch(() => undefined);
    if (path !== undefined) links.set(path, link);
  }
  return links;
}

/** Rejections are taken for "none known": without udev `list()` fails with `spawn udevadm ENOENT`. */
async function systemPorts(): Promise<ListedPort[]> {
  try {
    const { autoDetect } = await import('@serialport/bindings-cpp');
    return await autoDetect().list();
  } catch {
    return [];
  }
}

function describe(port: ListedPort, byId: string | undefined): PortInfo {
  const { path, manufacturer, serialNumber } = port;
  const vendorId = port.vendorId?.toLowerCase();
  const productId = port.productId?.toLowerCase();
  const looksLike = usbDeviceName(vendorId, productId);
  return {
    path,
    ...(byId === undefined ? {} : { byId }),
    ...(manufacturer === undefined ? {} : { manufacturer }),
    ...(serialNumber === undefined ? {} : { serialNumber }),
    ...(vendorId === undefined ? {} : { vendorId }),
    ...(productId === undefined ? {} : { productId }),
    ...(looksLike === undefined ? {} : { looksLike }),
  };
}
