import type { Command } from 'commander';
import type { Qos } from '../../dialects/dialect.js';
import { addConnectionOptions, type ConnectionOptions } from '../options/connection-options.js';
import { addModemOptions, type ModemOptions } from '../options/global-options.js';
import { qos } from '../values.js';

/** Where the payloads come from. */
export interface SourceOptions {
  readonly message?: string;
  readonly file?: string;
  readonly stdinLine?: boolean;
  readonly nullMessage?: boolean;
  readonly stdinFile?: boolean;
}

export interface PubOptions extends ModemOptions, ConnectionOptions, SourceOptions {
  readonly topic: string;
  readonly qos: Qos;
  readonly retain?: boolean;
  readonly outbox?: string;
}

const EXAMPLES = `
Examples:
  atmqtt pub -p /dev/ttyUSB0 -b mqtt://broker.example -t up/meter-7 -m 21.5 -q 1
  atmqtt pub -p /dev/ttyUSB0 -b mqtt://broker.example -t up/photo -f part.bin -q 1
  tail -f log | atmqtt pub -p /dev/ttyUSB0 -b mqtt://broker.example -t up/log -l
  atmqtt pub -p /dev/ttyUSB0 -b mqtt://broker.example -t up/meter-7 -m 21.5 -q 1 --outbox outbox.db
  atmqtt pub -p sim: -t hello -m world -d

Exactly one of -m, -f, -l, -n, -s says what is published. A message has at most 8000 bytes. With QoS 1 or 2 the
command ends when the broker has acknowledged everything; after a lost session such a message goes out again.
With --outbox no message is lost, whatever happens to broker, module or this machine: what could not be sent stays in
the file, exit code and message say why, and the next pub or \`atmqtt outbox <file> flush\` sends it.`;

export function declarePub(program: Command): Command {
  const command = program
    .command('pub')
    .description('publish a message, or a message for each line of stdin')
    .requiredOption('-t, --topic <topic>', 'topic, without wildcards')
    .option('-m, --message <text>', 'publish this text')
    .option('-f, --file <file>', 'publish the bytes of a file')
    .option('-l, --stdin-line', 'publish each line of stdin, without its LF')
    .option('-n, --null-message', 'publish an empty message')
    .option('-s, --stdin-file', 'publish the bytes of stdin as one message')
    .option('-q, --qos <qos>', 'QoS 0, 1 or 2', qos, 0)
    .option('-r, --retain', 'the broker keeps the message for later subscribers')
    .option('--outbox <file>', 'store everything in this file first, then send what waits in it')
    .addHelpText('after', EXAMPLES);
  return addConnectionOptions(addModemOptions(command));
}
