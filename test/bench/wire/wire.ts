import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Client } from '../../../src/client/client.js';
import { connect } from '../../../src/client/connect.js';
import type { LineReport, ToLine } from './line-messages.js';

/** Shares of what the line could carry in one direction in the same time. */
export interface Shares {
  /** Everything: command lines, payloads, and the prompts and final result codes that a TE must wait for. */
  readonly line: number;
  readonly payload: number;
}

/** Bytes from the TA for each publish that the TE must wait for: `\r\nOK\r\n`, and in data mode `\r\n> `. */
const ANSWER = { inline: 6, data: 10 } as const;

const BITS_PER_BYTE = 10;

/** A client at one end of a paced line, the module in another process. */
export class Wire {
  readonly #baudRate: number;
  readonly #child: ChildProcess;
  readonly #client: Client;

  private constructor(baudRate: number, child: ChildProcess, client: Client) {
    this.#baudRate = baudRate;
    this.#child = child;
    this.#client = client;
  }

  static async open(baudRate: number): Promise<Wire> {
    const child = fork(fileURLToPath(new URL('line-process.js', import.meta.url)), [String(baudRate)]);
    const [url] = (await once(child, 'message')) as [string];
    const client = await connect(url, { broker: 'mqtt://broker.example' });
    await client.subscribe('bench');
    return new Wire(baudRate, child, client);
  }

  /** QoS 1; a byte that no quoted text can carry makes it data mode. */
  async publish(form: 'inline' | 'data', bytes: number, count: number): Promise<Shares> {
    const payload = Buffer.alloc(bytes, form === 'inline' ? 'x' : 0x80);
    const all = () => Array.from({ length: count }, () => this.#client.publish('up', payload, { qos: 1 }));
    await this.#client.publish('up', payload, { qos: 1 });
    await this.#ask({ kind: 'reset' });
    await Promise.all(all());
    const { written, elapsed } = await this.#ask({ kind: 'report' });
    return this.#shares(written + count * ANSWER[form], count * bytes, elapsed);
  }

  /** From the first message to the last. */
  async receive(bytes: number, count: number): Promise<Shares> {
    await this.#ask({ kind: 'reset' });
    this.#child.send({ kind: 'flood', count, bytes } satisfies ToLine);
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
    const { read } = await this.#ask({ kind: 'report' });
    const behindFirst = (count - 1) / count;
    return this.#shares(read * behindFirst, (count - 1) * bytes, elapsed);
  }

  async close(): Promise<void> {
    await this.#client.end();
    this.#child.disconnect();
  }

  async #ask(message: ToLine): Promise<LineReport> {
    this.#child.send(message);
    const [report] = (await once(this.#child, 'message')) as [LineReport];
    return report;
  }

  #shares(wire: number, payload: number, ms: number): Shares {
    const capacity = (this.#baudRate / BITS_PER_BYTE) * (ms / 1000);
    return { line: wire / capacity, payload: payload / capacity };
  }
}
