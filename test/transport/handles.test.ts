import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { memoryLink } from '../../src/transport/memory.js';
import { openTransport } from '../../src/transport/open.js';
import { traced } from '../../src/transport/trace.js';
import { hasPty, openPty } from '../helpers/pty.js';
import { endings } from '../helpers/streams.js';

/** Handles of a kind that keep the process alive. */
const countOf = (kind: RegExp) => process.getActiveResourcesInfo().filter((name) => kind.test(name)).length;
const descriptors = async () => (await readdir('/proc/self/fd')).length;

describe('a closed transport leaves nothing behind', () => {
  it.skipIf(!hasPty || process.platform !== 'linux')('no descriptor of a serial port', async () => {
    const pty = await openPty();
    const openAndClose = async () => {
      const port = await openTransport(pty.path);
      port.destroy();
      await once(port, 'close');
    };
    await openAndClose();
    const before = await descriptors();
    for (let round = 0; round < 20; round += 1) await openAndClose();
    expect(await descriptors()).toBeLessThanOrEqual(before + 1);
    await pty.close();
  });

  it('no socket', async () => {
    const server = createServer((socket) => socket.resume());
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const before = countOf(/^TCPSocketWrap$/);
    const port = await openTransport(`tcp://127.0.0.1:${(server.address() as AddressInfo).port}`);
    expect(countOf(/^TCPSocketWrap$/)).toBeGreaterThan(before);
    port.destroy();
    await once(port, 'close');
    server.close();
    await once(server, 'close');
    // The system closes its handles in later turns; one that stays makes the test run into its time limit.
    while (countOf(/^TCPSocketWrap$/) > before) await new Promise(setImmediate);
  });

  it('no timer of opening or of a trace', async () => {
    const before = countOf(/^Timeout$/);
    const [near, far] = memoryLink();
    const { closed } = endings(far);
    const port = await openTransport(() => traced(near, () => {}));
    port.write('no line end');
    expect(countOf(/^Timeout$/)).toBeLessThanOrEqual(before);
    port.destroy();
    await closed;
    expect(countOf(/^Timeout$/)).toBeLessThanOrEqual(before);
  });
});
