import { Argument, type Command } from 'commander';
import { addConnectionOptions, type ConnectionOptions } from '../options/connection-options.js';
import { addModemOptions, type ModemOptions } from '../options/global-options.js';

const ACTIONS = ['list', 'flush', 'purge'] as const;

export interface OutboxCommandOptions extends ModemOptions, ConnectionOptions {
  readonly file: string;
  readonly action: (typeof ACTIONS)[number];
  readonly failed?: boolean;
  readonly yes?: boolean;
}

const EXAMPLES = `
Examples:
  atmqtt outbox outbox.db list
  atmqtt outbox outbox.db list --json | jq -r 'select(.failure) | .topic'
  atmqtt outbox outbox.db flush -p /dev/ttyUSB0 -b mqtt://broker.example
  atmqtt outbox outbox.db flush -p /dev/ttyUSB0 -b mqtt://broker.example --failed
  atmqtt outbox outbox.db purge --failed --yes

A message that failed five times in a live session is set aside: it stays in the file, and is sent no more unless
flush is called with --failed. The file can be used while no gateway has it open.`;

export function declareOutbox(program: Command): Command {
  const command = program
    .command('outbox')
    .description('look into a durable outbox, send what waits in it, or delete it')
    .argument('<file>', 'the file that connect() or pub was given')
    .addArgument(
      new Argument('<action>', 'list: show the messages; flush: send them; purge: delete them').choices(
        ACTIONS,
      ),
    )
    .option('--failed', 'flush: those that were set aside too; list, purge: only those')
    .option('--yes', 'purge: yes, delete messages that were not delivered')
    .addHelpText('after', EXAMPLES);
  return addConnectionOptions(addModemOptions(command));
}
