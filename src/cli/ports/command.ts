import type { Command } from 'commander';
import { addGlobalOptions, type GlobalOptions } from '../options/global-options.js';

export interface PortsOptions extends GlobalOptions {
  readonly watch?: boolean;
}

const EXAMPLES = `
Examples:
  atmqtt ports
  atmqtt ports --json
  atmqtt ports --watch
  atmqtt ports --watch --json | jq --unbuffered -r 'select(.event == "added") | .port.path'

With --watch the ports that there are come first, as present, then a line for each that is added or removed, until it
is interrupted.

What -p of the other commands takes beside these: tcp://host:port for a raw serial server, telnet://host:port for one
that speaks telnet, rfc2217://host:port?baudRate=115200 for one whose port can be set by RFC 2217 (dataBits, parity,
stopBits, rtscts, dtr, rts too), and sim: for a simulated module. They are not listed: servers do not announce them.`;

export function declarePorts(program: Command): Command {
  const command = program
    .command('ports')
    .description('list the serial ports of this machine, with what they look like')
    .option('--watch', 'go on, and tell which ports are added and removed')
    .addHelpText('after', EXAMPLES);
  return addGlobalOptions(command);
}
