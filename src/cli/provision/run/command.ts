import { type Command, Option } from 'commander';
import { USUAL_PROFILE } from '../../../dialects/registry.js';
import { moduleOption } from '../../options/connection-options.js';
import type { GlobalOptions } from '../../options/global-options.js';
import { baudRate, collect, seconds, wholeNumber } from '../../values.js';
import { addLedgerOptions, addOperatorOption } from '../options.js';

/** Options of `provision run`, beside those of the ledger. Times are in ms. */
export interface RunOptions extends GlobalOptions {
  /** A string when it stands in front of the command's name. */
  readonly port?: string | readonly string[];
  /** Bit/s of the ports of `port`. */
  readonly baud?: number;
  readonly all?: boolean;
  readonly region?: string;
  readonly host?: string;
  readonly sign?: 'module' | 'host';
  /** The profile of the library. */
  readonly module?: string;
  readonly station?: string;
  readonly operator?: string;
  readonly expectFirmware?: string;
  readonly expectSim?: string;
  readonly acceptOtherSim?: boolean;
  readonly tries?: number;
  readonly once?: boolean;
  readonly wait?: number;
  readonly dryRun?: boolean;
  readonly again?: boolean;
  readonly provePersistent?: boolean;
  readonly requireReadBack?: boolean;
  readonly registrationUrl?: string;
  readonly registerThroughModule?: boolean;
  readonly repeatRegistration?: boolean;
  readonly proofTopic?: string;
  readonly beep?: boolean;
  readonly networkTimeout?: number;
  readonly registrationTimeout?: number;
  readonly connectTimeout?: number;
  readonly proofTimeout?: number;
  readonly startTimeout?: number;
  readonly trace?: string;
}

const EXAMPLES = `
Examples:
  atmqtt provision run --port /dev/ttyUSB0 --port /dev/ttyUSB1 --ledger factory.db --region cn-shanghai
  atmqtt provision run --port slot1=/dev/serial/by-path/… --port slot2=tcp://10.0.0.7:4001 --region cn-shanghai
  atmqtt provision run --all --ledger factory.db --region cn-shanghai --expect-firmware 'NT26*' --beep
  atmqtt provision run --port /dev/ttyUSB0 --once --ledger factory.db --host 192.0.2.7:1883 --json
  atmqtt provision run --all --dry-run --ledger factory.db --region cn-shanghai

Every port works at its own pace: it waits for a module, gives it its triple, proves that with a login and a message,
and says PASS or FAIL; then the module is taken off and the next one put on. On a terminal this is a live board; in a
pipe one line a result; with --json one object a result and note, and one with the totals at the end.

A slot name (letters, digits, ".", "_", "-"; at most 20) and "=" in front of a port: board, lines and notes show the
name in place of the port, JSON and ledger hold both.

With --once the run ends when each port has its result: with 0 if no unit failed, else with 1. An empty port is waited
for, with --wait only so long; if no port had a module it ends with 3. Ctrl-C ends it with
130: units under way end as INTERRUPTED; a module keeps its triple, and gets it when it is back.`;

/** `--port` is the option of the other commands, given once for each port. ATMQTT_PORT is not read: a station is told. */
export function declareRun(group: Command): Command {
  const command = group
    .command('run')
    .description('the station: give each module its triple, prove it, keep the books')
    .option(
      '-p, --port <url>',
      'a port of the station, or slot=url to give it a name; may be given several times',
      collect,
    )
    .option(
      '--baud <rate>',
      'bit/s of these ports, goes before that of their URLs (default: 115200)',
      baudRate,
    )
    .option('--all', 'every serial port of this machine, also those plugged in later');
  addOperatorOption(addLedgerOptions(command)).option(
    '--station <name>',
    'name of this station in the books (default: the name of the machine)',
  );
  addCloudOptions(command);
  addCheckOptions(command);
  addProcedureOptions(command);
  addLimitOptions(command);
  command
    .option('--beep', 'on a terminal: ring once for each result, twice for a failure')
    .option('--trace <file>', 'write the AT traffic to a file, each line behind its port, secrets masked')
    .addHelpText('after', EXAMPLES);
  return command;
}

function addCloudOptions(command: Command): void {
  command
    .option('--region <region>', 'region of the cloud, e.g. cn-shanghai')
    .option('--host <host>', 'host[:port] of the cloud or of an instance; mqtts:// in front of it for TLS')
    .addOption(
      new Option('--sign <who>', 'who computes the login: the module, or this host').choices([
        'module',
        'host',
      ]),
    )
    .addOption(moduleOption(`the modules (default: ${USUAL_PROFILE})`))
    .option('--registration-url <url>', 'dynamic registration over HTTP(S) there (default: at the region)')
    .option('--register-through-module', 'dynamic registration through the module, over MQTT with TLS')
    .option('--repeat-registration', 'ask again where the answer to an earlier registration was lost');
}

function addCheckOptions(command: Command): void {
  command
    .option('--expect-firmware <text>', 'refuse other firmware; * stands for any text')
    .option('--expect-sim <prefix>', 'refuse SIMs whose ICCID begins otherwise')
    .option('--accept-other-sim', 'take modules that were verified with another SIM')
    .option('--require-read-back', 'refuse modules that do not tell the triple that was written');
}

function addProcedureOptions(command: Command): void {
  command
    .option('--once', 'end when each port has its result')
    .option('--wait <seconds>', 'with --once: end a port without a module after this time', seconds)
    .option('--dry-run', 'identify and check modules, write nothing to them or to the ledger')
    .option('--again', 'prove modules anew that were verified before')
    .option('--prove-persistent', 'prove that the module keeps its triple over a reset')
    .option(
      '--proof-topic <topic>',
      'prove with a message on this topic, not with the time service: /{productKey}/{deviceName}/user/…, filled in',
    )
    .option('--tries <count>', 'tries where a failure can pass by itself (default: 3)', wholeNumber(1, 100));
}

function addLimitOptions(command: Command): void {
  command
    .option('--start-timeout <seconds>', 'how long a module may take to answer AT (default: 15)', seconds)
    .option('--network-timeout <seconds>', 'how long to wait for the network (default: 120)', seconds)
    .option('--registration-timeout <seconds>', 'limit for a dynamic registration (default: 30)', seconds)
    .option('--connect-timeout <seconds>', 'limit for the login (default: 120)', seconds)
    .option('--proof-timeout <seconds>', 'limit for the answer to the proof message (default: 20)', seconds);
}
