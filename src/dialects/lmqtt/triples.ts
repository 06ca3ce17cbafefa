import { checkText } from '../../at/checks.js';
import type { CommandPort } from '../../at/command.js';
import { ModemError } from '../../errors/modem-error.js';
import type { DeviceTriple, RequestOptions, TripleStore } from '../dialect.js';
import { CONFIG, CONFIG_QUERY } from './connection-commands.js';
import { clearAway } from './handshake.js';
import { CONNECTION_ID as id, MAX_TRIPLE_FIELD as max } from './limits.js';
import {
  type AliyunSetting,
  CLOUD_ALIBABA,
  CLOUD_JSON,
  CLOUD_PLAIN,
  type CloudSetting,
  isNoTriple,
  type SettingValues,
} from './settings.js';

/** No triple: empty texts [A]. */
export const NO_TRIPLE: AliyunSetting = { key: 'aliauth', productKey: '', deviceName: '', deviceSecret: '' };

/** LMQTTCONN goes out as it is: cloud type 0, with data type 0 [A, from the sister dialect]. */
export const PLAIN_LOGIN: CloudSetting = { key: 'cloud', type: CLOUD_PLAIN, dataType: 0 };

/** What makes the module sign its login itself, before LMQTTOPEN: lmqtt.md 2 [M]. The order is the manual's. */
export function tripleSettings({ productKey, deviceName, deviceSecret }: DeviceTriple): SettingValues[] {
  return [
    { key: 'cloud', type: CLOUD_ALIBABA, dataType: CLOUD_JSON },
    { key: 'aliauth', productKey, deviceName, deviceSecret },
  ];
}

/** Throws an `ArgumentError` for what the wire cannot carry, under the names that the caller knows. */
export function checkTripleText({ productKey, deviceName, deviceSecret }: DeviceTriple): void {
  checkText('triple.productKey', productKey, { max });
  checkText('triple.deviceName', deviceName, { max });
  checkText('triple.deviceSecret', deviceSecret, { max, secret: true });
}

/** The triple in `cloud` and `aliauth` of LMQTTCFG: lmqtt.md 2 [M]; the form of the answer to a query is [A]. */
export const LMQTT_TRIPLES: TripleStore = {
  write,
  read,
  clearAway: (port, { signal } = {}) => clearAway(port, signal === undefined ? {} : { signal }),
};

async function write(
  port: CommandPort,
  triple: DeviceTriple,
  { signal }: RequestOptions = {},
): Promise<void> {
  checkTripleText(triple);
  for (const setting of tripleSettings(triple)) {
    await port.execute(CONFIG, { ...setting, id }, signal === undefined ? {} : { signal });
  }
}

async function read(port: CommandPort, { signal }: RequestOptions = {}): Promise<DeviceTriple | undefined> {
  const query = { key: 'aliauth', id } as const;
  const answer = await port
    .execute(CONFIG_QUERY, query, signal === undefined ? {} : { signal })
    .catch(unlessNothingTold);
  if (answer === undefined) return undefined;
  const { key } = answer;
  if (key !== 'aliauth') {
    throw new ModemError('BAD_RESPONSE', `the module was asked for "aliauth" and answered with "${key}"`);
  }
  if (isNoTriple(answer)) return undefined;
  const { productKey, deviceName, deviceSecret } = answer;
  return { productKey, deviceName, deviceSecret };
}

/** A refusal, `OK` alone, or empty names stand for no triple, or for none that is told [A]. All else is thrown. */
function unlessNothingTold(error: unknown): undefined {
  if (error instanceof ModemError) {
    if (error.code === 'COMMAND_FAILED') return undefined;
    if (error.code === 'BAD_RESPONSE' && error.lines.every((line) => NO_NAMES.test(line))) return undefined;
  }
  throw error;
}

/** The secret behind the names is masked. */
const NO_NAMES = /"aliauth", ?"", ?"",/i;
