import { readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';

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

/** Makers of USB serial bridges and cellular modules, by USB vendor id. */
const VENDORS: ReadonlyMap<string, string> = new Map([
  ['0403', 'FTDI USB serial bridge'],
  ['067b', 'Prolific USB serial bridge'],
  ['10c4', 'Silicon Labs USB serial bridge'],
  ['12d1', 'Huawei device'],
  ['1782', 'Unisoc device'],
  ['19d1', 'Eigencomm chip: Lierda NT26 and related modules'],
  ['1a86', 'WCH USB serial bridge'],
  ['1546', 'u-blox device'],
  ['1bc7', 'Telit module'],
  ['1e0e', 'SIMCom module'],
  ['2c7c', 'Quectel module'],
  ['2cb7', 'Fibocom module'],
]);

/** Devices that are known better than by their maker, by `<vendor id>:<product id>`. */
const PRODUCTS: ReadonlyMap<string, string> = new Map([
  ['0403:6001', 'FTDI FT232R USB serial bridge'],
  ['0403:6010', 'FTDI FT2232 USB serial bridge'],
  ['0403:6011', 'FTDI FT4232 USB serial bridge'],
  ['0403:6014', 'FTDI FT232H USB serial bridge'],
  ['0403:6015', 'FTDI FT-X USB serial bridge'],
  ['067b:2303', 'Prolific PL2303 USB serial bridge'],
  ['10c4:ea60', 'Silicon Labs CP210x USB serial bridge'],
  ['1a86:5523', 'WCH CH341 USB serial bridge'],
  ['1a86:7523', 'WCH CH340 USB serial bridge'],
  ['2c7c:0121', 'Quectel EC21'],
  ['2c7c:0125', 'Quectel EC25'],
  ['2c7c:0296', 'Quectel BG96'],
]);

/** What a device with these ids (four hex digits each, any case) looks like, or undefined. */
function usbDeviceName(vendorId: string | undefined, productId: string | undefined): string | undefined {
  const vendor = vendorId?.toLowerCase() ?? '';
  return PRODUCTS.get(`${vendor}:${productId?.toLowerCase()}`) ?? VENDORS.get(vendor);
}
