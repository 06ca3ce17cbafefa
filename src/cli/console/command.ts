import type { Command } from 'commander';
import { addConnectionOptions, type ConnectionOptions } from '../options/connection-options.js';
import { addModemOptions, type ModemOptions } from '../options/global-options.js';

export interface ConsoleOptions extends ModemOptions, ConnectionOptions {
  /** A script to run instead of a dialogue. */
  readonly script?: string;
}

const EXAMPLES = `
Examples:
  atmqtt console -p /dev/ttyUSB0
  atmqtt console -p tcp://192.0.2.7:4001 -b mqtt://broker.example -i meter-7   # then .connect
  atmqtt console -p 'serial:///dev/ttyS1?baudRate=9600' --trace session.trace
  printf 'AT+CSQ\\nAT+CEREG?\\n' | atmqtt console -p /dev/ttyUSB0
  atmqtt console -p /dev/ttyUSB0 --script check.at

A script (--script, .run), one statement a line:
  AT+CSQ                             send a line; without expect its answer must be OK
  expect /\\+CSQ: (?<rssi>\\d+),/      a later line of the module must match; or plain text that it contains
  data hello                         the payload behind the prompt of the line before
  timeout 5s      wait 500ms         limit of what follows; a pause
  set id meter-7                     used as \${id}; captures as \${1} or \${rssi}, the environment as \${env.NAME}
  repeat 3 … end                     .connect and all other commands with a dot work too
  # comment

Exit codes of a script: 0 passed, 1 failed, 2 a fault in it, with its line, before anything is sent.`;

export function declareConsole(program: Command): Command {
  const command = program
    .command('console')
    .description('interactive AT terminal: history, completion, help, decoded answers; scripts')
    .option('--script <file>', 'run a script, print pass or fail of each step')
    .addHelpText('after', EXAMPLES);
  return addConnectionOptions(addModemOptions(command));
}
