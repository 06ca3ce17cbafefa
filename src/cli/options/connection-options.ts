import { type Command, Option } from 'commander';
import type { Qos } from '../../dialects/dialect.js';
import { PROFILE_NAMES, USUAL_PROFILE } from '../../dialects/registry.js';
import { qos, seconds, wholeNumber } from '../values.js';

/** Options of the commands that connect to a broker. */
export interface ConnectionOptions extends AliyunCommandOptions {
  readonly broker?: string;
  readonly id?: string;
  readonly username?: string;
  readonly pw?: string;
  /** s. */
  readonly keepalive?: number;
  readonly disableCleanSession?: boolean;
  readonly willTopic?: string;
  readonly willPayload?: string;
  readonly willQos?: Qos;
  readonly willRetain?: boolean;
  readonly cafile?: string;
  readonly module?: string;
  /** ms. */
  readonly registrationTimeout?: number;
  /** ms. */
  readonly connectTimeout?: number;
  readonly maxInflight?: number;
  readonly buffered?: boolean;
}

/** Letters and long names are those of mosquitto_pub and mosquitto_sub where they have one. */
export function addConnectionOptions(command: Command): Command {
  const common = command
    .addOption(
      new Option('-b, --broker <url>', 'mqtt://host[:port] or mqtts://host[:port]').env('ATMQTT_BROKER'),
    )
    .option('-i, --id <client id>', 'client id (default: atmqtt_ and 8 random characters)')
    .addOption(new Option('-u, --username <name>', 'user name').env('ATMQTT_USERNAME'))
    .addOption(
      new Option('-P, --pw <password>', 'password, better given in the environment').env('ATMQTT_PASSWORD'),
    )
    .option(
      '-k, --keepalive <seconds>',
      'keepalive, 0 for none (default: 120, at Alibaba Cloud 300)',
      wholeNumber(0, 3600),
    )
    .option('-c, --disable-clean-session', 'the broker keeps the session; needs -i')
    .option('--will-topic <topic>', 'topic of the will')
    .option('--will-payload <text>', 'payload of the will (default: empty)')
    .option('--will-qos <qos>', 'QoS of the will (default: 0)', qos)
    .option('--will-retain', 'the will is retained')
    .option('--cafile <file>', 'not possible: how certificates get into the module is not public')
    .addOption(moduleOption())
    .option('--registration-timeout <seconds>', 'how long to wait for the network (default: 60)', seconds)
    .option('--connect-timeout <seconds>', 'limit for network, open and connect (default: 240)', seconds)
    .option('--max-inflight <count>', 'publishes under way at once (default: 8)', wholeNumber(1, 64))
    .option('--buffered', 'the module keeps messages until they are fetched');
  return addAliyunOptions(common);
}

/** Options of the login at Alibaba Cloud IoT, with the triple that the ledger of the factory has verified. */
export interface AliyunCommandOptions {
  readonly region?: string;
  readonly aliyunHost?: string;
  readonly ledger?: string;
  readonly passphraseFile?: string;
  readonly sign?: 'module' | 'host';
}

/** ATMQTT_LEDGER is read only for this login: it must not keep anybody with a ledger from another broker. */
function addAliyunOptions(command: Command): Command {
  return command
    .option('--region <region>', 'log in at Alibaba Cloud there, e.g. cn-shanghai, in place of -b')
    .option(
      '--aliyun-host <host>',
      'the same with host[:port] of an instance; mqtts:// in front of it for TLS',
    )
    .option(
      '--ledger <file>',
      'where the triple of the module is looked up by its IMEI (else: ATMQTT_LEDGER)',
    )
    .option(
      '--passphrase-file <file>',
      'the first line is the passphrase of the ledger (else: ATMQTT_LEDGER_PASSPHRASE)',
    )
    .addOption(
      new Option('--sign <who>', 'who computes this login (default: module)').choices(['module', 'host']),
    );
}

/** Which module it is, by the name of its profile in the library. */
export function moduleOption(description = `the module (default: ${USUAL_PROFILE})`): Option {
  return new Option('--module <name>', description).choices(PROFILE_NAMES);
}
