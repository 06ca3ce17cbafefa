import { once } from 'node:events';
import { ArgumentError } from '../../errors/kinds.js';
import { maskSecrets } from '../../errors/secrets.js';
import { CLOUD_FAULTS, cloudFaultUsage } from '../../simulator/aliyun/cloud-faults.js';
import { allFaults } from '../../simulator/all-faults.js';
import { usage } from '../../simulator/module/faults/fault-switches.js';
import { TIMING_HELP } from '../../simulator/module/faults/timing.js';
import type { Identity } from '../../simulator/module/identity.js';
import { SimulatedModem } from '../../simulator/simulated-modem.js';
import { foldBytes } from '../../util/escape.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Invocation } from '../invocation.js';
import type { Output } from '../output.js';
import { Resources } from '../resources.js';
import { alignColumns } from '../terminal.js';
import type { CloudOptions, SimOptions } from './command.js';
import { playTrace } from './from-trace.js';
import { iccidAt, imeiAt, listenUrls } from './modules.js';

export const endless = () => true;

export async function run(options: SimOptions, invocation: Invocation): Promise<ExitCode> {
  const { json = false, fault = [] } = options;
  if (fault.includes('list')) {
    await printFaults(invocation.output, json);
    return EXIT.DONE;
  }
  if (options.cloudFault?.includes('list')) {
    await printCloudFaults(invocation.output, json);
    return EXIT.DONE;
  }
  if (options.fromTrace !== undefined) {
    await playTrace(options.fromTrace, options, invocation);
    return EXIT.DONE;
  }
  checkCloudOptions(options);
  const listens = listenUrls(options);
  const resources = new Resources();
  try {
    const broker =
      options.broker ?? (await (wantsCloud(options) ? ownCloud : ownBroker)(resources, options, invocation));
    for (const [index, listen] of listens.entries()) {
      await startModem(resources, { ...options, broker }, listen, index, invocation);
    }
    if (!invocation.signal.aborted) await once(invocation.signal, 'abort');
  } finally {
    await resources.close();
  }
  return EXIT.DONE;
}

async function ownBroker(
  resources: Resources,
  { json = false }: SimOptions,
  { output }: Invocation,
): Promise<string> {
  const { startBroker } = await import('../../simulator/embedded-broker.js');
  const broker = resources.add(await startBroker(), (started) => started.close());
  await (json ? output.json({ broker: broker.url }) : output.line(`broker ${broker.url}`));
  return broker.url;
}

async function ownCloud(
  resources: Resources,
  options: SimOptions,
  { output, log }: Invocation,
): Promise<string> {
  const { json = false, debug = false, seed } = options;
  const { followCloud, startCloud } = await import('./cloud.js');
  const cloud = resources.add(await startCloud(options, seed), (started) => started.close());
  if (debug) followCloud(cloud, (line) => log.trace(line));
  const { url, registration } = cloud;
  await (json
    ? output.json({ cloud: url, registration: registration.url })
    : output.line(`cloud ${url}\nregistration ${registration.url}`));
  return url;
}

/** IMEIs count up from the one given; an ICCID that is given is that of the first module. */
function identityAt(index: number, { imei, iccid }: SimOptions): Partial<Identity> {
  const card = index === 0 ? iccid : iccidAt(index);
  return { imei: imeiAt(index, imei), ...(card === undefined ? {} : { iccid: card }) };
}

async function startModem(
  resources: Resources,
  options: SimOptions & { readonly broker: string },
  listen: string,
  index: number,
  { output, log }: Invocation,
): Promise<void> {
  const { json = false, debug = false, broker, module, fault = [], seed, latency, jitter, baud } = options;
  const { keepsTriple = false } = options;
  const start = SimulatedModem.start({
    broker,
    listen,
    identity: identityAt(index, options),
    keepsTriple,
    profile: module,
    faults: fault,
    latency: { roundTrip: latency, jitter },
    ...(baud === undefined ? {} : { baudRate: baud }),
    ...(seed === undefined ? {} : { seed: seed + index }),
  });
  const modem = resources.add(await start, (started) => started.close());
  if (debug) modem.on('command', (line) => log.trace(`${modem.url} ${foldBytes(maskSecrets(line))}`));
  const { url } = modem;
  await (json
    ? output.json({ module: url, seed: modem.seed })
    : output.line(`module ${url}  seed ${modem.seed}`));
}

/** Whether a simulated cloud is asked for. */
function wantsCloud({ cloud = [], cloudProduct = [] }: CloudOptions): boolean {
  return cloud.length + cloudProduct.length > 0;
}

/** Throws an `ArgumentError` for what means nothing without a cloud, or with a broker beside it. */
function checkCloudOptions(options: CloudOptions & { readonly broker?: string }): void {
  const { broker, cloudFault, cloudPort, registrationPort, cloudCert, cloudKey } = options;
  if (wantsCloud(options)) {
    if (broker !== undefined)
      throw new ArgumentError('--broker', JSON.stringify(broker), 'left out beside --cloud');
    return;
  }
  const idle = { cloudFault, cloudPort, registrationPort, cloudCert, cloudKey };
  for (const [name, value] of Object.entries(idle)) {
    const option = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    if (value !== undefined)
      throw new ArgumentError(option, String(value), 'beside --cloud or --cloud-product');
  }
}

interface FaultRow {
  readonly name: string;
  readonly parameter?: string;
  readonly help: string;
}

/** Prints every fault with its sentence of help. */
async function printFaults(output: Output, json: boolean): Promise<void> {
  await printRows(output, json, await allFaults(), usage);
  if (!json) await output.line(`\n${TIMING_HELP}`);
}

/** The same for those of the simulated cloud. */
async function printCloudFaults(output: Output, json: boolean): Promise<void> {
  await printRows(output, json, CLOUD_FAULTS, cloudFaultUsage);
}

async function printRows<R extends FaultRow>(
  output: Output,
  json: boolean,
  rows: readonly R[],
  usageOf: (row: R) => string,
): Promise<void> {
  if (json) {
    for (const { name, parameter = null, help } of rows) await output.json({ name, parameter, help });
    return;
  }
  for (const line of alignColumns(rows.map((row) => [usageOf(row), row.help]))) await output.line(line);
}
