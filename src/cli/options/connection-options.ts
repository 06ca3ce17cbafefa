import { type Command, Option } from 'commander';
import type { Qos } from '../../dialects/dialect.js';
import type { ProfileName } from '../../dialects/lmqtt/profiles.js';
import { qos, seconds, wholeNumber } from '../values.js';
import { type AliyunCommandOptions, addAliyunOptions } from './aliyun-options.js';
import { moduleOption } from './module-option.js';

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
  readonly module?: ProfileName;
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
