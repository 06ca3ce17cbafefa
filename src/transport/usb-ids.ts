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
export function usbDeviceName(
  vendorId: string | undefined,
  productId: string | undefined,
): string | undefined {
  const vendor = vendorId?.toLowerCase() ?? '';
  return PRODUCTS.get(`${vendor}:${productId?.toLowerCase()}`) ?? VENDORS.get(vendor);
}
