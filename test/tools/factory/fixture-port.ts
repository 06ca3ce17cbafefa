import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connectMemory } from '../../../src/transport/memory.js';

/** A TCP port at which one module after the other is put, as on a test fixture. */
export class FixturePort {
  /** `tcp://host:port`, the same for all modules. */
  readonly url: string;
  readonly #server: Server;
  #line: Socket | undefined;
  #module: Duplex | undefined;
  #name: string | undefined;

  private constructor(server: Server) {
    this.#server = server;
    this.url = `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('connection', (line) => this.#open(line));
  }

  static async start(): Promise<FixturePort> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new FixturePort(server);
  }

  /** The module at `memory:<name>` is there from now on. `line`: whether the line stays open, or is opened anew. */
  put(name: string | undefined, line: 'kept' | 'broken'): void {
    this.#name = name;
    this.#module?.destroy();
    this.#module = undefined;
    if (line === 'broken') this.#line?.destroy();
    else if (this.#line !== undefined) this.#join();
  }

  async close(): Promise<void> {
    this.#module?.destroy();
    this.#line?.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #open(line: Socket): void {
    this.#line?.destroy();
    this.#line = line;
    line.on('error', () => {});
    line.on('data', (bytes) => this.#module?.write(bytes));
    line.on('close', () => {
      if (line !== this.#line) return;
      this.#line = undefined;
      this.#module?.destroy();
    });
    this.#join();
  }

  #join(): void {
    if (this.#name === undefined) return;
    const module = connectMemory(this.#name);
    this.#module = module;
    module.on('error', () => {});
    module.on('data', (bytes: Buffer) => {
      if (module === this.#module) this.#line?.write(bytes);
    });
  }
}
