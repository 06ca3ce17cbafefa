import type { Duplex } from 'node:stream';
import { connectMemory, listenMemory } from '../../../src/transport/memory.js';

/** A serial line that stays open while the module behind it is exchanged, as on a test fixture. */
export class Fixture {
  readonly port: string;
  readonly #stop: () => void;
  #url: string;
  #line: Duplex | undefined;
  #module: Duplex | undefined;

  /** `port` and `url` are `memory:` URLs. */
  constructor(port: string, url: string) {
    this.port = port;
    this.#url = url;
    this.#stop = listenMemory(nameOf(port), (line) => {
      this.#line = line;
      line.on('error', () => {});
      line.on('data', (bytes: Buffer) => this.#module?.write(bytes));
      line.on('close', () => this.#module?.destroy());
      this.#connect();
    });
  }

  /** Another module is at the line from now on, and hears `heard` first; the first one is not heard any more. */
  exchange(url: string, heard = ''): void {
    this.#module?.destroy();
    this.#url = url;
    this.#connect();
    if (heard !== '') this.#module?.write(heard);
  }

  close(): void {
    this.#stop();
    this.#module?.destroy();
  }

  #connect(): void {
    const module = connectMemory(nameOf(this.#url));
    this.#module = module;
    module.on('error', () => {});
    module.on('data', (bytes: Buffer) => {
      if (module === this.#module) this.#line?.write(bytes);
    });
  }
}

function nameOf(url: string): string {
  return url.replace(/^memory:/, '');
}
