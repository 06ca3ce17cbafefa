import { type Command, Option } from 'commander';

/** Options of the login at Alibaba Cloud IoT, with the triple that the ledger of the factory has verified. */
export interface AliyunCommandOptions {
  readonly region?: string;
  readonly aliyunHost?: string;
  readonly ledger?: string;
  readonly passphraseFile?: string;
  readonly sign?: 'module' | 'host';
}

/** ATMQTT_LEDGER is read only for this login: it must not keep anybody with a ledger from another broker. */
export function addAliyunOptions(command: Command): Command {
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
