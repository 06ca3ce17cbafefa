import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import type { Qos } from '../../../../src/dialects/dialect.js';
import { run, start, stop } from '../../../helpers/processes.js';
import { inTools } from '../../shared/project.js';
import type { Endpoint } from '../brokers/broker.js';
import { Inbox } from '../harness/inbox.js';
import type { FarClient, FarDriver, FarFilter, FarMessage, FarOptions } from './far-client.js';

/** Debian's Python, whose Paho it is: another one in the path may not have it. */
const PYTHON = '/usr/bin/python3';

/** Eclipse Paho for Python, in a process of its own. */
export const PAHO_PYTHON: FarDriver = {
  name: 'paho-python',
  title: 'Paho Python',
  door: 'plain',
  missing: async () => {
    const found = await run(PYTHON, ['-c', 'import paho.mqtt.client']).catch(() => undefined);
    return found?.code === 0 ? undefined : 'python3-paho-mqtt is not installed';
  },
  open: async (endpoint, options) => {
    const client = new PahoPython(await start(PYTHON, argumentsOf(endpoint, options)));
    await client.event('connected');
    return client;
  },
};

type Event =
  | { readonly event: 'connected'; readonly rc: number }
  | { readonly event: 'subscribed' | 'published' }
  | {
      readonly event: 'message';
      readonly topic: string;
      readonly payload: string;
      readonly qos: Qos;
      readonly retain: boolean;
    };

class PahoPython implements FarClient {
  readonly inbox = new Inbox<FarMessage>();
  readonly #events = new Inbox<Event>();
  readonly #process: ChildProcess;

  constructor(process: ChildProcess) {
    this.#process = process;
    process.stderr?.pipe(globalThis.process.stderr);
    process.stdin?.on('error', () => {});
    process.once('close', () => this.#events.close());
    if (process.stdout !== null) {
      createInterface({ input: process.stdout }).on('line', (line) => this.#onEvent(JSON.parse(line)));
    }
  }

  async event(name: Event['event']): Promise<void> {
    const event = await this.#events.next();
    if (event.event !== name || (event.event === 'connected' && event.rc !== 0)) {
      throw new Error(`Paho Python said ${JSON.stringify(event)}`);
    }
  }

  async subscribe(filters: readonly FarFilter[]): Promise<void> {
    this.#say({ do: 'subscribe', filters });
    await this.event('subscribed');
  }

  async publish(messages: readonly FarMessage[]): Promise<void> {
    this.#say({ do: 'publish', messages: messages.map(inHex) });
    await this.event('published');
  }

  async end(): Promise<void> {
    this.inbox.close();
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const gone = new Promise((resolve) => this.#process.once('close', resolve));
    this.#say({ do: 'end' });
    const limit = setTimeout(() => void stop(this.#process), 2_000);
    await gone;
    clearTimeout(limit);
  }

  kill(): Promise<void> {
    return stop(this.#process, 'SIGKILL');
  }

  #say(command: object): void {
    this.#process.stdin?.write(`${JSON.stringify(command)}\n`);
  }

  #onEvent(event: Event): void {
    if (event.event !== 'message') return this.#events.push(event);
    const { topic, qos, retain, payload } = event;
    this.inbox.push({ topic, qos, retain, payload: Buffer.from(payload, 'hex') });
  }
}

function argumentsOf({ host, port, login }: Endpoint, options: FarOptions): string[] {
  const { clientId = `paho-${randomBytes(4).toString('hex')}`, clean = true, protocolVersion = 4 } = options;
  const will = options.will === undefined ? null : inHex(options.will);
  return [
    inTools('interop/far/far_client.py'),
    JSON.stringify({ host, port, clientId, clean, protocolVersion, will, login }),
  ];
}

function inHex({ payload, ...rest }: FarMessage): object {
  return { ...rest, payload: payload.toString('hex') };
}
