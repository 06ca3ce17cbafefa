import { ModemError } from '../errors/modem-error.js';
import type { AliyunLedgerOptions } from '../provisioning/aliyun-options.js';
import type { AliyunCommandOptions } from './options/aliyun-options.js';
import type { ConnectionOptions } from './options/connection-options.js';

/** What only makes sense for a login at Alibaba Cloud. */
const DEPENDENT = { ledger: '--ledger', passphraseFile: '--passphrase-file', sign: '--sign' } as const;

/** What the triple leaves no room for. */
const LEFT_OUT = { broker: '-b', username: '-u', pw: '-P' } as const;

const WILL = {
  willTopic: '--will-topic',
  willPayload: '--will-payload',
  willQos: '--will-qos',
  willRetain: '--will-retain',
} as const;

/**
 * The login at Alibaba Cloud, without the passphrase; undefined if the options say nothing of one. Throws
 * `INVALID_ARGUMENT` for half of one, and for two logins at once.
 */
export function aliyunLogin(
  options: ConnectionOptions,
  environment: NodeJS.ProcessEnv = process.env,
): AliyunLedgerOptions | undefined {
  const { region, aliyunHost: host, sign, id: cid } = options;
  if (region === undefined && host === undefined) {
    const [name] = named(options, DEPENDENT);
    if (name !== undefined) throw refused(`${name} needs --region or --aliyun-host`);
    return undefined;
  }
  const names = named(options, LEFT_OUT);
  if (names.length > 0) {
    const variables = 'and ATMQTT_BROKER, ATMQTT_USERNAME and ATMQTT_PASSWORD empty';
    throw refused(
      `the triple of the module is its login at Alibaba Cloud: leave out ${names.join(', ')}, ${variables}`,
    );
  }
  const [will] = named(options, WILL);
  if (will !== undefined) throw refused(`Alibaba Cloud publishes no will: leave out ${will}`);
  const { ledger = environment.ATMQTT_LEDGER ?? '' } = options;
  if (ledger === '') throw refused('no ledger: give --ledger <file> or set ATMQTT_LEDGER');
  return { ledger, region, host, sign, cid };
}

function named(
  options: ConnectionOptions,
  names: Partial<Record<keyof (AliyunCommandOptions & ConnectionOptions), string>>,
): string[] {
  const entries = Object.entries(names) as [keyof ConnectionOptions, string][];
  return entries.filter(([key]) => options[key] !== undefined).map(([, name]) => name);
}

function refused(message: string): ModemError {
  return new ModemError('INVALID_ARGUMENT', message);
}
