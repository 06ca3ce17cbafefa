import { ModemError } from '../../../errors/modem-error.js';
import { parsePort, portsFault } from '../../../provisioning/station/station-port.js';
import type { RunOptions } from './options.js';

/** Pairs of options that exclude each other. */
const EXCLUSIVE: readonly (readonly [keyof RunOptions, keyof RunOptions])[] = [
  ['all', 'port'],
  ['region', 'host'],
  ['registrationUrl', 'registerThroughModule'],
  ['json', 'beep'],
  ['dryRun', 'provePersistent'],
];

/**
 * Whether the options go together, and the ports of `--port`, with their names; none with `--all`. Throws `INVALID_ARGUMENT`, before
 * ledger and ports are touched.
 */
export function checkRunOptions(options: RunOptions): readonly string[] {
  for (const [one, other] of EXCLUSIVE) {
    if (isGiven(options[one]) && isGiven(options[other])) {
      throw usage(`${flag(one)} and ${flag(other)} exclude each other`);
    }
  }
  const ports = options.port === undefined ? [] : [options.port].flat();
  const fault = portsFault(ports.map(parsePort));
  if (fault !== undefined) throw usage(fault);
  if (ports.length === 0 && !isGiven(options.all)) {
    throw usage(
      'no ports: give --port <url>, several times for several ports, or --all for every serial port',
    );
  }
  if (options.wait !== undefined && !isGiven(options.once)) {
    throw usage('--wait ends a run with --once: give both, or none');
  }
  if (options.region === undefined && options.host === undefined) {
    throw usage('where the cloud is: give --region <region>, e.g. cn-shanghai, or --host <host[:port]>');
  }
  checkRegistrationUrl(options.registrationUrl);
  return ports;
}

function checkRegistrationUrl(url: string | undefined): void {
  if (url === undefined) return;
  if (/^https?:\/\//i.test(url) && URL.canParse(url)) return;
  throw usage(
    `--registration-url ${JSON.stringify(url)}: it must be a URL such as https://iot-auth.cn-shanghai.aliyuncs.com`,
  );
}

function isGiven(value: RunOptions[keyof RunOptions]): boolean {
  return value !== undefined && value !== false;
}

/** `registrationUrl` as it is typed: `--registration-url`. */
function flag(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function usage(message: string): ModemError {
  return new ModemError('INVALID_ARGUMENT', message);
}
