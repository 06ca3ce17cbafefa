import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { memoryLink } from '../../src/transport/memory.js';
import { escapeBytes } from '../../src/util/escape.js';

/** A module that knows only what the test tells it: it waits for exact bytes, then sends bytes. */
export class ScriptedModule {
  readonly #stream: Duplex;
  #received = '';

  constructor(stream: Duplex) {
    this.#stream = stream;
    stream.on('error', () => {});
    stream.on('data', (chunk: Buffer) => {
      this.#received += chunk.toString('latin1');
    });
  }

  /** What came and was not expected yet. */
  get unexpected(): string {
    return this.#received;
  }

  /** Resolves when exactly these bytes (latin1) have come next; rejects at the first other one. */
  async expects(bytes: string): Promise<void> {
    for (;;) {
      const part = this.#received.slice(0, bytes.length);
      if (part === bytes) break;
      if (!bytes.startsWith(part)) {
        throw new Error(`expected "${escapeBytes(bytes)}", got "${escapeBytes(this.#received)}"`);
      }
      await once(this.#stream, 'data');
    }
    this.#received = this.#received.slice(bytes.length);
  }

  /** Sends the bytes (latin1), as one chunk, and resolves when the other side has had them. */
  async sends(bytes: string): Promise<void> {
    this.#stream.write(Buffer.from(bytes, 'latin1'));
    await turn();
    await turn();
  }

  /** Waits for a command line and answers it. */
  async answers(line: string, bytes = '\r\nOK\r\n'): Promise<void> {
    await this.expects(`${line}\r\n`);
    await this.sends(bytes);
  }

  /** Waits for the next command line, whatever it is, answers it with `OK`, and resolves with it. */
  async answersAny(): Promise<string> {
    for (;;) {
      const end = this.#received.indexOf('\r\n');
      if (end < 0) {
        await once(this.#stream, 'data');
        continue;
      }
      const line = this.#received.slice(0, end);
      this.#received = this.#received.slice(end + 2);
      await this.sends('\r\nOK\r\n');
      return line;
    }
  }

  /** The port vanishes. */
  vanish(): void {
    this.#stream.destroy();
  }
}

/** The end for the driver and the module at the other end. */
export function scriptedModule(): [Duplex, ScriptedModule] {
  const [te, ta] = memoryLink();
  return [te, new ScriptedModule(ta)];
}

/** One turn of the event loop: what was written in memory before it has arrived after two. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
