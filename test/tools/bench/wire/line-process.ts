import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { planOfProcess } from '../../shared/own-process.js';
import { ExactDirection } from './exact-direction.js';
import type { LineReport, ToLine } from './line-messages.js';
import { Turnarounds } from './turnarounds.js';

/**
 * A serial line of a baud rate before the module at a TCP port; its own TCP port is told. A process of its own, as
 * whatever else runs in it would make the line late.
 */
const [baudRate, modulePort] = planOfProcess<[number, number]>();

const OK = '\r\nOK\r\n';
const PROMPT = '\r\n> ';

let line: Socket | undefined;
let lastOk = 0;
/** The last bytes from the module, in which a final result code may have begun. */
let tail = '';
const turnarounds = new Turnarounds();

const module = connect({ port: modulePort, host: '127.0.0.1', noDelay: true });
await once(module, 'connect');
const toModule = new ExactDirection(baudRate, (bytes) => module.write(bytes));
const fromModule = new ExactDirection(baudRate, (bytes) => {
  line?.write(bytes);
  tail = tail.slice(1 - OK.length) + bytes.toString('latin1');
  if (tail.includes(OK)) lastOk = performance.now();
  if (tail.includes(OK) || tail.endsWith(PROMPT)) turnarounds.answered(performance.now());
});
module.on('data', (bytes: Buffer) => {
  turnarounds.fromTa(performance.now());
  fromModule.send(bytes);
});

const server = createServer({ noDelay: true }, (socket) => {
  line = socket;
  socket.on('data', (bytes: Buffer) => {
    const now = performance.now();
    toModule.send(bytes);
    turnarounds.fromTe(now, toModule.freeAt);
  });
  socket.on('error', () => {});
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');

process.on('message', (message: ToLine) => {
  if (message === 'reset') {
    toModule.reset();
    fromModule.reset();
    turnarounds.reset();
  }
  const report: LineReport = {
    written: toModule.bytes,
    read: fromModule.bytes,
    elapsed: lastOk - (toModule.begun ?? lastOk),
    te: turnarounds.te,
    ta: turnarounds.ta,
  };
  process.send?.(report);
});
process.once('disconnect', () => process.exit());
process.send?.(`tcp://127.0.0.1:${(server.address() as AddressInfo).port}`);
