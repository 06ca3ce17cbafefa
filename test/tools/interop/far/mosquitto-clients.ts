import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Qos } from '../../../../src/dialects/dialect.js';
import { has, run, start, stop } from '../../../helpers/processes.js';
import type { Endpoint } from '../brokers/broker.js';
import { Inbox } from '../harness/inbox.js';
import type { FarClient, FarDriver, FarFilter, FarMessage, FarOptions } from './far-client.js';

/** mosquitto_sub and mosquitto_pub: a process for each subscription and each publish. */
export const MOSQUITTO_CLIENTS: FarDriver = {
  name: 'mosquitto-clients',
  title: 'mosquitto_pub, _sub',
  door: 'plain',
  insistsOn: 'pubrec',
  missing: async () =>
    (await has('mosquitto_sub', ['--help']))
      ? undefined
      : 'mosquitto_pub and mosquitto_sub are not installed',
  open: async (endpoint, options) => new MosquittoClients(endpoint, options),
};

/** retain, QoS, payload in hex, topic; tells them from the lines of `-d`. */
const FORMAT = 'MESSAGE %r %q %x %t';
const MESSAGE = /^MESSAGE ([01]) ([012]) ([0-9a-f]*) (.*)$/;

class MosquittoClients implements FarClient {
  readonly inbox = new Inbox<FarMessage>();
  readonly #endpoint: Endpoint;
  readonly #options: FarOptions;
  #sub: ChildProcess | undefined;

  constructor(endpoint: Endpoint, options: FarOptions) {
    this.#endpoint = endpoint;
    this.#options = options;
  }

  async subscribe(filters: readonly FarFilter[]): Promise<void> {
    const { clientId, clean = true, will } = this.#options;
    // Without stdbuf a pipe would hold its lines back.
    const sub = await start(
      'stdbuf',
      [
        ...['-oL', 'mosquitto_sub', ...this.#common(), '-d', '-F', FORMAT],
        ...['-q', String(filters[0]?.qos ?? 0), ...filters.flatMap(({ topic }) => ['-t', topic])],
        ...(clientId === undefined ? [] : ['-i', clientId]),
        ...(clean ? [] : ['-c']),
        ...(will === undefined ? [] : willArguments(will)),
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    this.#sub = sub;
    const subscribed = new Promise<void>((resolve, reject) => {
      if (sub.stdout === null) return reject(new Error('mosquitto_sub has no output'));
      createInterface({ input: sub.stdout }).on('line', (line) => {
        const message = parse(line);
        if (message !== undefined) this.inbox.push(message);
        else if (line.startsWith('Subscribed')) resolve();
      });
      sub.once('close', (code) => reject(new Error(`mosquitto_sub ended with ${code}`)));
    });
    await subscribed;
  }

  async publish(messages: readonly FarMessage[]): Promise<void> {
    const [first] = messages;
    if (first === undefined) return;
    const { topic, qos, retain } = first;
    const args = [...this.#common(), '-t', topic, '-q', String(qos), ...(retain ? ['-r'] : [])];
    // -l sends a message per line, -s all of stdin as one.
    const input =
      messages.length > 1 ? messages.map(({ payload }) => `${payload}\n`).join('') : first.payload;
    const form = messages.length > 1 ? '-l' : first.payload.length === 0 ? '-n' : '-s';
    const { code, stderr } = await run('mosquitto_pub', [...args, form], { input });
    if (code !== 0) throw new Error(`mosquitto_pub ended with ${code}: ${stderr.trim()}`);
  }

  async end(): Promise<void> {
    this.inbox.close();
    if (this.#sub !== undefined) await stop(this.#sub, 'SIGTERM');
  }

  async kill(): Promise<void> {
    if (this.#sub !== undefined) await stop(this.#sub, 'SIGKILL');
  }

  #common(): string[] {
    const { host, port, login } = this.#endpoint;
    const account = login === undefined ? [] : ['-u', login.username, '-P', login.password];
    const version = this.#options.protocolVersion === 3 ? 'mqttv31' : 'mqttv311';
    return ['-h', host, '-p', String(port), '-V', version, ...account];
  }
}

function willArguments({ topic, payload, qos, retain }: FarMessage): string[] {
  return [
    ...['--will-topic', topic, '--will-payload', payload.toString(), '--will-qos', String(qos)],
    ...(retain ? ['--will-retain'] : []),
  ];
}

function parse(line: string): FarMessage | undefined {
  const [, retain, qos, payload, topic] = MESSAGE.exec(line) ?? [];
  if (payload === undefined || topic === undefined) return undefined;
  return {
    topic,
    payload: Buffer.from(payload, 'hex'),
    qos: Number(qos) as Qos,
    retain: retain === '1',
  };
}
