import { once } from 'node:events';
import { readSync } from 'node:fs';
import { autoDetect, type LinuxPortBinding } from '@serialport/bindings-cpp';
import { SerialPort } from 'serialport';
import { openTransport } from '../../src/transport/open.js';
import { beatWhileOpen } from '../../src/transport/poller-events.js';

/**
 * A process with nothing but a serial port: no timer and no socket takes along what an event of the port leaves undone.
 * Arguments: what to do, and the path. It says `open` when the other side may write, and then what it was given.
 */
const [, , what = '', path = ''] = process.argv;

/** What waits for an event to be handled: a tick, and a chain of promises. */
async function afterwards(): Promise<void> {
  await new Promise(process.nextTick);
  await Promise.resolve();
}

const PARTS: Readonly<Record<string, () => Promise<void>>> = {
  async echo() {
    const port = await openTransport(path);
    console.log('open');
    for await (const chunk of port) {
      await afterwards();
      console.log(`got ${chunk}`);
      port.write(chunk);
    }
  },

  /** Immediates that were there first, for some of the events. */
  async busy() {
    const port = await openTransport(path);
    let count = 0;
    const others = (left: number) => void (left > 0 && setImmediate(() => others(left - 1)));
    port.on('data', async (chunk) => {
      count += 1;
      others(count % 7);
      await afterwards();
      console.log(`got ${chunk}`);
    });
    others(3);
    console.log('open');
  },

  /** The stock stream of `serialport` as openTransport gives it. */
  async stock() {
    const port = await openTransport(`serial://${path}?binding=stock`);
    console.log('open');
    for await (const chunk of port) {
      await afterwards();
      console.log(`got ${chunk}`);
      port.write(chunk);
    }
  },

  /** A write that has to wait for room, then the end: every callback has to come. */
  async writes() {
    const port = await openTransport(`serial://${path}?binding=stock`);
    console.log('open');
    await new Promise((resolve) => port.write(Buffer.alloc(300_000, 'x'), resolve));
    await new Promise((resolve) => port.write('y', resolve));
    console.log('written');
    port.destroy();
    await once(port, 'close');
    console.log('closed');
  },

  /** The stock stream as on Windows, where nothing can listen to its events. */
  async beat() {
    const port = new SerialPort({ path, baudRate: 115_200, autoOpen: false });
    await new Promise((resolve) => port.open(resolve));
    beatWhileOpen(port);
    port.on('data', (chunk) => void afterwards().then(() => console.log(`got ${chunk}`)));
    console.log('open');
  },

  async throws() {
    process.on('uncaughtException', ({ message }) => console.log(`caught ${message}`));
    const port = await openTransport(path);
    port.on('data', (chunk) => {
      throw new Error(String(chunk));
    });
    console.log('open');
  },

  /** Whether ticks follow the events of a bare poller. */
  async bare() {
    const port = (await autoDetect().open({ path, baudRate: 115_200 })) as LinuxPortBinding;
    port.poller.on('readable', () => {
      readSync(port.fd as number, Buffer.alloc(100));
      let followed = false;
      process.nextTick(() => {
        followed = true;
      });
      setTimeout(() => console.log(followed ? 'ticks follow' : 'ticks wait'), 300);
    });
    port.poller.poll(1);
    console.log('open');
  },

  /** How many immediates the event of each chunk takes. */
  async immediates() {
    const real = globalThis.setImmediate;
    let count = 0;
    Object.assign(globalThis, {
      setImmediate: (callback: () => void) => {
        count += 1;
        return real(callback);
      },
    });
    const port = await openTransport(path);
    port.on('data', () => {
      console.log(`took ${count}`);
      count = 0;
    });
    console.log('open');
  },
};

await PARTS[what]?.();
