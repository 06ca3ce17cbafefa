import type { Duplex } from 'node:stream';
import { ArgumentError } from '../errors/kinds.js';
import { openTransport, registerScheme } from '../transport/open.js';
import type { EmbeddedBroker } from './embedded-broker.js';
import type { SimulatedModemOptions } from './options.js';

/** What this file needs of a simulated module; the module itself registers the scheme. */
interface Running {
  readonly url: string;
  close(): Promise<void>;
}

type Start = (options: SimulatedModemOptions) => Promise<Running>;

const PARAMETERS = [
  'profile',
  'broker',
  'fault',
  'seed',
  'echo',
  'baudRate',
  'roundTrip',
  'jitter',
  'response',
  'boot',
];

/**
 * Registers `sim:` with `openTransport`: a simulated module of its own on an embedded broker of its own (or on
 * `broker=mqtt://host:port`), both closed with the stream. `sim://?profile=NAME&fault=split=3&fault=garbage&seed=7&
 * echo=0&baudRate=9600&roundTrip=500&jitter=100&response=50&boot=1000`, times in ms.
 */
export function registerSimScheme(start: Start): void {
  registerScheme('sim', (url) => openSimulated(url, start));
}

async function openSimulated(url: URL, start: Start): Promise<Duplex> {
  const options = optionsOf(url.searchParams);
  const broker = options.broker === undefined ? await ownBroker() : undefined;
  let modem: Running | undefined;
  const release = async (): Promise<void> => {
    await modem?.close();
    await broker?.close();
  };
  try {
    modem = await start(broker === undefined ? options : { ...options, broker: broker.url });
    const stream = await openTransport(modem.url);
    stream.once('close', () => void release());
    return stream;
  } catch (error) {
    await release();
    throw error;
  }
}

async function ownBroker(): Promise<EmbeddedBroker> {
  const { startBroker } = await import('./embedded-broker.js');
  return startBroker();
}

/** Throws an `ArgumentError` for a parameter that is not known or not of its kind. */
export function optionsOf(parameters: URLSearchParams): SimulatedModemOptions {
  for (const name of parameters.keys()) {
    if (!PARAMETERS.includes(name))
      throw new ArgumentError('sim: parameter', JSON.stringify(name), `one of ${PARAMETERS.join(', ')}`);
  }
  const number = (name: string) => (parameters.has(name) ? { [name]: Number(parameters.get(name)) } : {});
  const text = (name: string) => (parameters.has(name) ? { [name]: parameters.get(name) } : {});
  return {
    ...text('profile'),
    ...text('broker'),
    ...(parameters.has('echo') ? { echo: flag(parameters.get('echo')) } : {}),
    ...number('seed'),
    ...number('baudRate'),
    faults: parameters.getAll('fault'),
    latency: { ...number('roundTrip'), ...number('jitter'), ...number('response'), ...number('boot') },
  };
}

function flag(value: string | null): boolean {
  if (value !== '0' && value !== '1') throw new ArgumentError('sim: echo', JSON.stringify(value), '0 or 1');
  return value === '1';
}
