import { type Command, Option } from 'commander';
import { baudRate, seconds } from '../values.js';

/** Options of every command. */
export interface GlobalOptions {
  readonly json?: boolean;
  readonly debug?: boolean;
}

/** Options of the commands that talk to a module. */
export interface ModemOptions extends GlobalOptions {
  readonly port?: string;
  /** Bit/s. */
  readonly baud?: number;
  readonly trace?: string;
  readonly traceSecrets?: boolean;
  /** ms. */
  readonly startTimeout?: number;
}

/**
 * The program and its commands take these options themselves. So they may stand on either side of the command's name,
 * and the value of another option (`-m -d`) is never mistaken for one of them.
 */
export function addGlobalOptions(command: Command): Command {
  return command
    .option('--json', 'one JSON object a line, on stdout and on stderr')
    .option('-d, --debug', 'show the AT traffic on stderr, and the stack of an error');
}

/** As `addGlobalOptions`. The program must not read `variable`: what it has counts more than the environment. */
export function addPortOptions(command: Command, variable?: string): Command {
  const port = new Option(
    '-p, --port <url>',
    'the module: /dev/ttyUSB0, COM3, tcp://host:port, telnet://…, rfc2217://…, sim:',
  );
  return command
    .addOption(variable === undefined ? port : port.env(variable))
    .option(
      '--baud <rate>',
      'bit/s of a serial port, goes before that of its URL (default: 115200)',
      baudRate,
    )
    .option('--profile <name>', 'the connection as it was saved under this name')
    .option('--trace <file>', 'write the AT traffic to a file, secrets masked')
    .option('--trace-secrets', 'leave passwords and device secrets in that file as they are');
}

/** The options of a command that talks to a module: `ModemOptions`; `startTimeout` is its default in s, for the help. */
export function addModemOptions(command: Command, startTimeout = 15): Command {
  return addGlobalOptions(addPortOptions(command, 'ATMQTT_PORT'))
    .option('--save <name>', 'save the connection as it is given here as a profile, without passwords')
    .option('--save-secrets', 'and with them')
    .option(
      '--start-timeout <seconds>',
      `how long the module may take to answer AT (default: ${startTimeout})`,
      seconds,
    );
}
