import { EventEmitter, once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import type { Endpoint } from '../brokers/broker.js';

interface TapEvents {
  /** Bytes of the module on their way to the broker. */
  sent: [bytes: Buffer];
  /** The connection to the broker is over: unless the module was silenced, either side may have ended it. */
  dropped: [];
}

/** Stands between a module and a broker, and sees what a broker's operator sees: the packets, and who hangs up. */
export class Tap extends EventEmitter<TapEvents> {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #silent = false;
  #first: Buffer | undefined;

  private constructor(server: Server) {
    super();
    this.#server = server;
  }

  static async start({ host, port }: Endpoint): Promise<Tap> {
    const server = createServer({ noDelay: true });
    const tap = new Tap(server);
    server.on('connection', (module: Socket) => tap.#join(module, connect({ host, port, noDelay: true })));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return tap;
  }

  /** What the module sent first: CONNECT, or how TLS begins. */
  get first(): Buffer | undefined {
    return this.#first;
  }

  /** Where the module finds the broker. */
  get url(): string {
    return `mqtt://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Nothing of the module gets through any more, and nobody hangs up: radio shadow. */
  silence(): void {
    this.#silent = true;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #join(module: Socket, broker: Socket): void {
    for (const socket of [module, broker]) {
      this.#sockets.add(socket);
      socket.on('error', () => {});
      socket.once('close', () => this.#sockets.delete(socket));
    }
    module.on('data', (bytes: Buffer) => {
      if (this.#silent) return;
      this.#first ??= bytes;
      this.emit('sent', bytes);
      broker.write(bytes);
    });
    broker.on('data', (bytes: Buffer) => {
      if (!this.#silent) module.write(bytes);
    });
    module.once('end', () => {
      if (!this.#silent) broker.end();
    });
    module.once('close', () => {
      if (!this.#silent) broker.destroy();
    });
    broker.once('close', () => {
      this.emit('dropped');
      module.destroy();
    });
  }
}
