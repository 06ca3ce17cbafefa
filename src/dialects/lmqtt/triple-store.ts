import type { CommandPort } from '../../at/command-port.js';
import { ModemError } from '../../errors/modem-error.js';
import type { DeviceTriple, RequestOptions, TripleStore } from '../dialect.js';
import { CONFIG } from './commands/config.js';
import { CONFIG_QUERY } from './commands/config-query.js';
import { CONNECTION_ID as id } from './limits.js';
import { isNoTriple } from './settings/cloud-settings.js';
import { checkTripleText, tripleSettings } from './triple-settings.js';

/** The triple in `cloud` and `aliauth` of LMQTTCFG: lmqtt.md 2 [M]; the form of the answer to a query is [A]. */
export const LMQTT_TRIPLES: TripleStore = { write, read };

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
