import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { startBroker } from '../../../src/simulator/embedded-broker.js';
import { SimulatedModem } from '../../../src/simulator/simulated-modem.js';
import { connectMemory } from '../../../src/transport/memory.js';
import { ExactDirection } from './exact-direction.js';
import type { LineReport, ToLine } from './line-messages.js';

/** A simulated module behind a serial line of a baud rate, on a TCP port that it tells: the other side of the wire. */
const baudRate = Number(process.argv[2]);

const OK = '\r\nOK\r\n';

const broker = await startBroker();
const module = await SimulatedModem.start({ broker: broker.url, echo: false });
const far = connectMemory(module.url.replace(/^memory:/, ''));
let line: Socket | undefined;
let lastOk = 0;
/** The last bytes from the module, in which a final result code may have begun. */
let tail = '';

const toModule = new ExactDirection(baudRate, (bytes) => far.write(bytes));
const fromModule = new ExactDirection(baudRate, (bytes) => {
  line?.write(bytes);
  tail = tail.slice(1 - OK.length) + bytes.toString('latin1');
  if (tail.includes(OK)) lastOk = performance.now();
});
far.on('data', (bytes: Buffer) => fromModule.send(bytes));

const server = createServer({ noDelay: true }, (socket) => {
  line = socket;
  socket.on('data', (bytes: Buffer) => toModule.send(bytes));
  socket.on('error', () => {});
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');

process.on('message', (message: ToLine) => {
  if (message.kind === 'flood') {
    for (let n = 0; n < message.count; n += 1) publish(Buffer.alloc(message.bytes, 0x80));
    return;
  }
  if (message.kind === 'reset') {
    toModule.reset();
    fromModule.reset();
  }
  const report: LineReport = {
    written: toModule.bytes,
    read: fromModule.bytes,
    elapsed: lastOk - (toModule.begun ?? lastOk),
  };
  process.send?.(report);
});
process.once('disconnect', () => process.exit());
process.send?.(`tcp://127.0.0.1:${(server.address() as AddressInfo).port}`);

function publish(payload: Buffer): void {
  broker.aedes.publish(
    { cmd: 'publish', topic: 'bench', payload, qos: 0, retain: false, dup: false },
    () => {},
  );
}
