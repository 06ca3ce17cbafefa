import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import {
  escapeIac,
  OPTION,
  optionCommand,
  subnegotiation,
  TELNET,
  TelnetDecoder,
} from '../../../src/transport/server/telnet-codec.js';

export interface FarServer {
  /** `host:port`. */
  readonly address: string;
  /** What was sent to it, in the order of the wire: data as latin1, options and messages as lists of numbers. */
  readonly heard: (string | readonly number[])[];
  /** The open connection. */
  readonly socket: Socket;
  /** Resolves when that is the last of what it heard. */
  until(item: string | readonly number[]): Promise<void>;
  close(): Promise<void>;
}

/** What a server does; without any, it takes everything and says nothing. */
export interface FarServerPlan {
  /** Sent at once. */
  readonly greeting?: Buffer | string;
  /** Whether COM-PORT-OPTION is agreed to, default not answered. */
  readonly comPort?: boolean;
  /** The answer to a message of RFC 2217, without its option; none if undefined. */
  readonly answer?: (message: readonly number[]) => readonly number[] | undefined;
  /** Ends the connection behind the greeting. */
  readonly ends?: boolean;
}

/** A serial server played by the test. */
export async function farServer({
  greeting,
  comPort,
  answer,
  ends = false,
}: FarServerPlan = {}): Promise<FarServer> {
  const heard: (string | readonly number[])[] = [];
  const sockets: Socket[] = [];
  let changed = () => {};
  const server = createServer((socket) => {
    sockets.push(socket);
    const decoder = new TelnetDecoder();
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      for (const item of decoder.push(chunk)) {
        if (item.kind === 'data') {
          const text = item.bytes.toString('latin1');
          const last = heard.at(-1);
          if (typeof last === 'string') heard[heard.length - 1] = last + text;
          else heard.push(text);
        } else if (item.kind === 'option') {
          heard.push([item.verb, item.option]);
          if (item.option !== OPTION.COM_PORT || item.verb !== TELNET.WILL || comPort === undefined) continue;
          socket.write(optionCommand(comPort ? TELNET.DO : TELNET.DONT, OPTION.COM_PORT));
        } else if (item.kind === 'sub') {
          heard.push([...item.bytes]);
          const reply = answer?.([...item.bytes]);
          if (reply !== undefined) socket.write(subnegotiation(OPTION.COM_PORT, Buffer.from(reply)));
        }
      }
      changed();
    });
    if (greeting !== undefined) socket.write(greeting);
    if (ends) socket.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    get socket() {
      const socket = sockets.at(-1);
      if (socket === undefined) throw new Error('nobody has connected');
      return socket;
    },
    async until(item) {
      while (JSON.stringify(heard.at(-1)) !== JSON.stringify(item)) {
        await new Promise<void>((resolve) => {
          changed = resolve;
        });
      }
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Data as a telnet server sends them. */
export function asData(text: string): Buffer {
  return escapeIac(Buffer.from(text, 'latin1'));
}

/** An obedient server: it confirms what it is told, and knows its lines. */
export function obedient(message: readonly number[]): readonly number[] {
  const [command = 0, ...value] = message;
  if (command === 1 && value.every((byte) => byte === 0)) return [101, 0, 0, 0x25, 0x80];
  if (command === 5 && value[0] === 7) return [105, 9];
  if (command === 5 && value[0] === 10) return [105, 11];
  return [command + 100, ...value];
}
