import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connectMemory } from '../../../../src/transport/memory.js';

/** A place for one module after the other behind one `tcp:` port. */
export class ModuleSocket {
  readonly #server: Server;
  #port = 0;
  #line: Socket | undefined;
  #module: Duplex | undefined;
  #name: string | undefined;

  constructor() {
    this.#server = createServer((line) => {
      line.setNoDelay(true);
      this.#line?.destroy();
      this.#line = line;
      line.on('error', () => {});
      line.on('data', (bytes) => this.#module?.write(bytes));
    });
  }

  get url(): string {
    return `tcp://127.0.0.1:${this.#port}`;
  }

  /** The port is there. */
  async open(): Promise<void> {
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** The port vanishes, with whoever has it open. */
  async vanish(): Promise<void> {
    this.#line?.destroy();
    this.#line = undefined;
    this.#server.close();
    await once(this.#server, 'close');
  }

  /** A simulated module at `memory:<name>` is at the line from now on; undefined: none is. */
  put(name: string | undefined): void {
    this.#module?.destroy();
    this.#module = undefined;
    this.#name = name;
    if (name === undefined) return;
    const module = connectMemory(name);
    this.#module = module;
    module.on('error', () => {});
    module.on('data', (bytes: Buffer) => {
      if (name === this.#name) this.#line?.write(bytes);
    });
  }

  async close(): Promise<void> {
    this.put(undefined);
    if (this.#server.listening) await this.vanish();
  }
}
