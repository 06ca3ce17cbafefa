import { type Command, InvalidArgumentError } from 'commander';
import { USUAL_PROFILE } from '../../dialects/registry.js';
import { moduleOption } from '../options/connection-options.js';
import { addGlobalOptions, type GlobalOptions } from '../options/global-options.js';
import { collect, imei, speed, wholeNumber } from '../values.js';

export interface SimOptions extends GlobalOptions, CloudOptions {
  readonly tcp?: string;
  readonly pty?: string;
  readonly count: number;
  readonly broker?: string;
  readonly module: string;
  readonly fault?: readonly string[];
  /** Of the first module. */
  readonly iccid?: string;
  readonly seed?: number;
  /** ms. */
  readonly latency: number;
  /** ms. */
  readonly jitter: number;
  /** bit/s. */
  readonly baud?: number;
  /** 15 digits. */
  readonly imei?: string;
  readonly keepsTriple?: boolean;
  /** A recording of `--trace` to be played instead of a simulation. */
  readonly fromTrace?: string;
  /** Which port of it, if it is one of a station. */
  readonly tracePort?: string;
  /** How many times faster than recorded; infinity for `max`. */
  readonly speed?: number;
}

/** Any of these starts a simulated Alibaba Cloud in place of the broker. */
export interface CloudOptions {
  /** CSV files of triples. */
  readonly cloud?: readonly string[];
  /** `ProductKey:ProductSecret`, each. */
  readonly cloudProduct?: readonly string[];
  readonly cloudFault?: readonly string[];
  readonly cloudPort?: number;
  readonly registrationPort?: number;
  /** PEM files. */
  readonly cloudCert?: string;
  readonly cloudKey?: string;
}

const MAX_SEED = 2 ** 32 - 1;
const MAX_MS = 3_600_000;

/** Anything that a card can hold: also what is none, such as all F. */
function nibbles(text: string): string {
  if (/^[\dA-F]{1,20}$/i.test(text)) return text;
  throw new InvalidArgumentError('It must be 1 to 20 hexadecimal digits.');
}

const EXAMPLES = `
Examples:
  atmqtt sim --tcp 127.0.0.1:4001
  atmqtt sim --pty /tmp/modem --broker mqtt://test.mosquitto.org
  atmqtt sim --tcp 127.0.0.1:4001 --count 100 --latency 500 --jitter 200 --baud 115200
  atmqtt sim --tcp 127.0.0.1:4001 --fault split=1 --fault publish-result=2 --seed 7
  atmqtt sim --tcp 127.0.0.1:4001 --fault reboot@30s --fault 'unplug%2m+10s'
  atmqtt sim --fault list
  atmqtt sim --tcp 127.0.0.1:4001 --count 8 --cloud triples.csv
  atmqtt sim --tcp 127.0.0.1:4001 --cloud-product a1X2bEnP82z:7jluWm1zql7bt8qK --cloud-fault cut=1
  atmqtt sim --cloud-fault list
  atmqtt sim --tcp 127.0.0.1:4001 --from-trace bug.trace --speed max

With --count the ports count up from the one given, and a number is added to the path. Without --broker a broker is
started, and its URL printed. Each module has an IMEI and an ICCID of its own; --imei
says which IMEI the first one has.

With --cloud or --cloud-product a simulated Alibaba Cloud takes the place of the broker, and its URLs are printed: one
for MQTT, one for dynamic registration over HTTP. It knows the devices of the file, a CSV as the console gives it, and
takes their signed logins only. With --cloud-product, devices may register. Modules can register themselves only if the
cloud speaks TLS: --cloud-cert and --cloud-key.

With --from-trace it waits for the command lines of the recording, in their order, and answers with the recorded bytes
after the recorded times. Client ids and message ids may differ, and so may what is *** in the recording; whatever else
differs is told.

Runs until it is interrupted; -d shows the AT commands, and what happens at the cloud.`;

export function declareSim(program: Command): Command {
  const command = program
    .command('sim')
    .description('simulated modules on TCP ports or pseudo-terminals, bridged to a real broker')
    .option('--tcp <host:port>', 'serve TCP; port 0 takes a free one')
    .option('--pty <path>', 'serve a pseudo-terminal under this path (needs socat)')
    .option('--count <count>', 'how many modules', wholeNumber(1, 1000), 1)
    .option('--broker <url>', 'where every connection of the modules ends up')
    .addOption(moduleOption('what the modules are').default(USUAL_PROFILE))
    .option(
      '--fault <name[=value]>',
      'break something, may be given several times; "list" lists them',
      collect,
    )
    .option('--iccid <iccid>', 'ICCID of the SIM in the first module, 1 to 20 hexadecimal digits', nibbles)
    .option('--seed <number>', 'repeat the random choices of another run', wholeNumber(0, MAX_SEED))
    .option('--latency <ms>', 'round trip to the broker', wholeNumber(0, MAX_MS), 0)
    .option('--jitter <ms>', 'added to each round trip, from 0 to this', wholeNumber(0, MAX_MS), 0)
    .option('--baud <rate>', 'pace of the serial line in bit/s', wholeNumber(300, 4_000_000))
    .option('--from-trace <file>', 'play the part of the module in a recording of --trace instead')
    .option('--trace-port <port>', 'which one, in the recording of a station with several ports')
    .option('--speed <factor>', 'how many times faster than recorded, or max (default: 1)', speed)
    .option('--imei <imei>', 'IMEI of the first module; those of the others count up from it', imei)
    .option('--keeps-triple', 'the modules keep their triple when a session ends and over restarts')
    .option(
      '--cloud <file>',
      'simulate Alibaba Cloud with the triples of a CSV, may be given several times',
      collect,
    )
    .option('--cloud-product <key:secret>', 'its devices may register, may be given several times', collect)
    .option('--cloud-fault <name[=value]>', 'break something at the cloud; "list" lists them', collect)
    .option(
      '--cloud-port <port>',
      'where the cloud speaks MQTT, by default a free one',
      wholeNumber(0, 65535),
    )
    .option(
      '--registration-port <port>',
      'where it speaks HTTP, by default a free one',
      wholeNumber(0, 65535),
    )
    .option('--cloud-cert <file>', 'certificate of the cloud (PEM): it speaks TLS as well')
    .option('--cloud-key <file>', 'and its key (PEM)')
    .addHelpText('after', EXAMPLES);
  return addGlobalOptions(command);
}
