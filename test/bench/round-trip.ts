import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ReadlineParser } from '@serialport/parser-readline';
import { SerialPort } from 'serialport';
import { Channel } from '../../src/at/channel.js';
import { SIGNAL_QUALITY } from '../../src/at/commands/signal-quality.js';
import { memoryLink } from '../../src/transport/memory.js';
import { openTransport } from '../../src/transport/open.js';
import { measure, type Summary } from './statistics.js';

const RESPONDER = fileURLToPath(new URL('./responder.js', import.meta.url));
const COUNT = 3000;

/** `AT+CSQ` through our channel, on any open stream. */
async function throughChannel(stream: ConstructorParameters<typeof Channel>[0]): Promise<Summary> {
  const channel = new Channel(stream);
  const result = await measure(COUNT, async () => {
    await channel.execute(SIGNAL_QUALITY, null);
  });
  channel.close();
  await once(channel, 'close');
  return result;
}

export async function overMemory(): Promise<Summary> {
  const [near, far] = memoryLink();
  far.on('data', (chunk: Buffer) => {
    for (const byte of chunk) if (byte === 0x0d) far.write('\r\n+CSQ: 27,99\r\n\r\nOK\r\n');
  });
  far.on('error', () => {});
  return throughChannel(near);
}

export async function overTcp(): Promise<Summary> {
  const child = spawn(process.execPath, [RESPONDER, 'tcp'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  try {
    return await throughChannel(await openTransport(`tcp://127.0.0.1:${line.toString().trim()}`));
  } finally {
    child.kill();
  }
}

export function overPty(): Promise<Summary> {
  return onPty(async (path) => throughChannel(await openTransport(path)));
}

/** The yardstick: the same round trip with nothing but `serialport` and `ReadlineParser`. */
export function overBareSerialport(): Promise<Summary> {
  return onPty(async (path) => {
    const port = new SerialPort({ path, baudRate: 115200, autoOpen: false });
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
    return result;
  });
}

/** Runs with a pseudo-terminal that the responder process answers on. */
async function onPty<T>(run: (path: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'atmqtt-bench-'));
  const path = join(folder, 'tty');
  const socat = spawn('socat', [
    '-d',
    '-d',
    `PTY,raw,echo=0,link=${path}`,
    `EXEC:${process.execPath} ${RESPONDER}`,
  ]);
  for await (const chunk of socat.stderr) if (String(chunk).includes('starting data transfer loop')) break;
  await stat(path);
  try {
    return await run(path);
  } finally {
    socat.kill();
    await rm(folder, { recursive: true, force: true });
  }
}
