import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Client } from '../../../src/client/client.js';
import { connect } from '../../../src/client/connect.js';
import type { Flood, LineReport, ToLine } from './line-messages.js';

/** Shares of what the line could carry in one direction in the same time. */
export interface Shares {
  /** Everything: command lines, payloads, and the prompts and final result codes that a TE must wait for. */
  readonly line: number;
  readonly payload: number;
}

/** Bytes from the TA for each publish that the TE must wait for: `\r\nOK\r\n`, and in data mode `\r\n> `. */
const ANSWER = { inline: 6, data: 10 } as const;

const BITS_PER_BYTE = 10;

/** A client at one end of a paced line; the line and the module are in processes of their own. */
export class Wire {
  readonly #baudRate: number;
  readonly #line: ChildProcess;
  readonly #module: ChildProcess;
  readonly #client: Client;

  private constructor(baudRate: number, line: ChildProcess, module: ChildProcess, client: Client) {
    this.#baudRate = baudRate;
    this.#line = line;
    this.#module = module;
    this.#client = client;
  }

  static async open(baudRate: number): Promise<Wire> {
    const module = start('module-process.js', null);
    const [moduleUrl] = (await once(module, 'message')) as [string];
    const line = start('line-process.js', [baudRate, Number(new URL(moduleUrl).port)]);
    const [url] = (await once(line, 'message')) as [string];
    const client = await connect(url, { broker: 'mqtt://broker.example' });
    await client.subscribe('bench');
    return new Wire(baudRate, line, module, client);
  }

  /** QoS 1; a byte that no quoted text can carry makes it data mode. */
  async publish(form: 'inline' | 'data', bytes: number, count: number): Promise<Shares> {
    const payload = Buffer.alloc(bytes, form === 'inline' ? 'x' : 0x80);
    const all = () => Array.from({ length: count }, () => this.#client.publish('up', payload, { qos: 1 }));
    await this.#client.publish('up', payload, { qos: 1 });
    await this.#ask('reset');
    await Promise.all(all());
    const { written, elapsed } = await this.#ask('report');
    return this.#shares(written + count * ANSWER[form], count * bytes, elapsed);
  }

  /** From the first message to the last. */
  async receive(bytes: number, count: number): Promise<Shares> {
    await this.#ask('reset');
    this.#module.send({ count, bytes } satisfies Flood);
    let first = 0;
    let received = 0;
    await new Promise<void>((resolve) => {
      const onMessage = (): void => {
        received += 1;
        if (received === 1) first = performance.now();
        if (received < count) return;
        this.#client.off('message', onMessage);
        resolve();
      };
      this.#client.on('message', onMessage);
    });
    const elapsed = performance.now() - first;
    const { read } = await this.#ask('report');
    const behindFirst = (count - 1) / count;
    return this.#shares(read * behindFirst, (count - 1) * bytes, elapsed);
  }

  async close(): Promise<void> {
    await this.#client.end();
    this.#line.disconnect();
    this.#module.disconnect();
  }

  async #ask(message: ToLine): Promise<LineReport> {
    this.#line.send(message);
    const [report] = (await once(this.#line, 'message')) as [LineReport];
    return report;
  }

  #shares(wire: number, payload: number, ms: number): Shares {
    const capacity = (this.#baudRate / BITS_PER_BYTE) * (ms / 1000);
    return { line: wire / capacity, payload: payload / capacity };
  }
}

function start(file: string, plan: unknown): ChildProcess {
  return fork(fileURLToPath(new URL(file, import.meta.url)), [JSON.stringify(plan)]);
}
