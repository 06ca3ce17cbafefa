import { once } from 'node:events';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { ReadlineParser } from '@serialport/parser-readline';
import { SerialPort } from 'serialport';
import { measure, type Summary } from '../../shared/statistics.js';
import { answeredLink, COUNT } from './ours.js';
import { startResponder } from './responder.js';

/** The yardstick: write, and wait for the chunk that ends in `OK`. */
async function throughNothing(stream: Duplex): Promise<Summary> {
  let done = () => {};
  stream.on('data', (chunk: Buffer) => {
    if (chunk.toString('latin1').endsWith('OK\r\n')) done();
  });
  const result = await measure(COUNT, async () => {
    const answered = new Promise<void>((resolve) => {
      done = resolve;
    });
    stream.write('AT+CSQ\r\n');
    await answered;
  });
  stream.destroy();
  return result;
}

export function bareMemory(): Promise<Summary> {
  return throughNothing(answeredLink());
}

export async function bareTcp(): Promise<Summary> {
  const responder = await startResponder('tcp');
  const socket = connect({ port: Number(responder.where), host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  return throughNothing(socket).finally(responder.close);
}

/** Nothing but `serialport` and `ReadlineParser`. */
export async function bareSerialport(): Promise<Summary> {
  const responder = await startResponder('pty');
  const port = new SerialPort({ path: responder.where, baudRate: 115200, autoOpen: false });
  await new Promise<void>((resolve, reject) => port.open((error) => (error ? reject(error) : resolve())));
  const parser = port.pipe(new ReadlineParser({ delimiter: '\r\n' }));
  let done = () => {};
  parser.on('data', (text: string) => {
    if (text === 'OK') done();
  });
  const result = await measure(COUNT, async () => {
    const answered = new Promise<void>((resolve) => {
      done = resolve;
    });
    port.write('AT+CSQ\r\n');
    await answered;
  });
  await new Promise<void>((resolve) => port.close(() => resolve()));
  responder.close();
  return result;
}
