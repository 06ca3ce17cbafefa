import { Argument, type Command } from 'commander';
import type { Launch } from '../invocation.js';
import { addConnectionOptions } from '../options/connection-options.js';
import { addModemOptions } from '../options/modem-options.js';
import { ACTIONS } from './options.js';

const EXAMPLES = `
Examples:
  atmqtt outbox outbox.db list
  atmqtt outbox outbox.db list --json | jq -r 'select(.failure) | .topic'
  atmqtt outbox outbox.db flush -p /dev/ttyUSB0 -b mqtt://broker.example
  atmqtt outbox outbox.db flush -p /dev/ttyUSB0 -b mqtt://broker.example --failed
  atmqtt outbox outbox.db purge --failed --yes

A message that failed five times in a live session is set aside: it stays in the file, and is sent no more unless
flush is called with --failed. The file can be used while no gateway has it open.`;

export function declareOutbox(program: Command, launch: Launch): void {
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
  launch(addConnectionOptions(addModemOptions(command)), () => import('./run.js'));
}
