import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connectMemory } from '../../../src/transport/memory.js';

/** A TCP port at which one module after the other is put, as on a test fixture. */
export class FixturePort {
  readonly #server: Server;
  #port = 0;
  #line: Socket | undefined;
  #module: Duplex | undefined;
  #name: string | undefined;

  constructor() {
    this.#server = createServer({ noDelay: true }, (line) => this.#connect(line));
  }

  /** `tcp://host:port`, the same for all modules; known when the port has been there once. */
  get url(): string {
    return `tcp://127.0.0.1:${this.#port}`;
  }

  /** The port is there, with the number that it had before. */
  async appear(): Promise<void> {
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

  /**
   * The simulated module at `memory:<name>` is there from now on; undefined: none is. `line`: whether the line stays open,
   * or is opened anew.
   */
  put(name: string | undefined, line: 'kept' | 'broken' = 'kept'): void {
    this.#name = name;
    this.#part();
    if (line === 'broken') this.#line?.destroy();
    else if (this.#line !== undefined) this.#join();
  }

  async close(): Promise<void> {
    this.put(undefined);
    if (this.#server.listening) await this.vanish();
  }

  #connect(line: Socket): void {
    this.#line?.destroy();
    this.#line = line;
    line.on('error', () => {});
    line.on('data', (bytes) => this.#module?.write(bytes));
    line.on('close', () => {
      if (line !== this.#line) return;
      this.#line = undefined;
      this.#part();
    });
    this.#join();
  }

  /** Connects the module that is put there with the line. */
  #join(): void {
    this.#part();
    if (this.#name === undefined) return;
    const module = connectMemory(this.#name);
    this.#module = module;
    module.on('error', () => {});
    module.on('data', (bytes: Buffer) => {
      if (module === this.#module) this.#line?.write(bytes);
    });
  }

  #part(): void {
    this.#module?.destroy();
    this.#module = undefined;
  }
}
