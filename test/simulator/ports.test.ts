import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { SimulatedModem } from '../../src/simulator/simulated-modem.js';
import { openTransport } from '../../src/transport/open.js';
import { hasPty } from '../helpers/pty.js';
import { connect, useFixture } from './fixture.js';
import { line, OK, RawTe } from './raw-te.js';

const fixture = useFixture();

/** A path for a pseudo-terminal, removed behind the test. */
async function ptyPath(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'atmqtt-sim-'));
  fixture().later(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'ttyMODULE');
}

const KINDS = [
  ['memory:', async () => 'memory:'],
  ['memory:name', async () => 'memory:a-name'],
  ['tcp:', async () => 'tcp://127.0.0.1:0'],
  ...(hasPty ? [['pty:', async () => `pty:${await ptyPath()}`] as const] : []),
] as const;

describe.each(KINDS)('%s', (_kind, listen) => {
  test('carries a whole session, closed and opened again', async () => {
    const { modem, te } = await fixture().module({ listen: await listen() });
    await connect(te);
    await te.ask('AT+LMQTTPUB=0,5,1,0,"t",4', '\r\n> ');
    te.write('\x00\r\n\xff');
    await te.expect(OK + line('+LMQTTPUB: 0,5,0'));
    te.close();
    await te.gone();
    const again = await RawTe.open(modem.url);
    await again.ask('AT+LMQTTCONN?', line('+LMQTTCONN: 0,3') + OK);
    again.close();
    await again.gone();
  });

  test('vanishes and comes back under the same URL', async () => {
    const { modem, te } = await fixture().module({ listen: await listen() });
    const { url } = modem;
    await connect(te);
    await modem.unplug();
    await te.gone();
    await expect(openTransport(url)).rejects.toMatchObject({ code: expect.stringMatching(/^PORT_/) });
    await modem.plugIn();
    expect(modem.url).toBe(url);
    const again = await RawTe.open(url);
    await again.ask('AT+LMQTTCONN?', line('+LMQTTCONN: 0,3') + OK);
    again.close();
    await again.gone();
  });

  test('leaves nothing behind', async () => {
    const broker = await fixture().broker();
    const far = await fixture().farSide();
    await far.subscribeAsync('will');
    const before = resources();
    const modem = await SimulatedModem.start({ broker: broker.url, echo: false, listen: await listen() });
    const te = await RawTe.open(modem.url);
    await connect(te);
    await modem.close();
    await modem.close();
    await te.gone();
    expect(await leftovers(before)).toEqual([]);
    await expect(openTransport(modem.url)).rejects.toMatchObject({ code: expect.stringMatching(/^PORT_/) });
  });
});

/** What keeps this process busy, without what comes and goes by itself. */
function resources(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of process.getActiveResourcesInfo()) {
    if (/TCP|Process|Pipe|TTY|Timeout/.test(name)) counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

/** What this process holds beyond the earlier resources; waits up to 3 s for it to go, without timers of its own. */
async function leftovers(before: Record<string, number>): Promise<string[]> {
  const deadline = performance.now() + 3_000;
  for (;;) {
    const more = Object.entries(resources()).filter(([name, count]) => count > (before[name] ?? 0));
    if (more.length === 0 || performance.now() > deadline) return more.map(([name]) => name);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test('a new TE takes the line over', async () => {
  const { modem, te } = await fixture().module({ listen: 'tcp://127.0.0.1:0' });
  const other = await RawTe.open(modem.url);
  await te.gone();
  await other.ask('AT', OK);
});

test('TEs that come and go are told', async () => {
  const modem = await SimulatedModem.start();
  fixture().later(() => modem.close());
  const attached = once(modem, 'attached');
  const te = await RawTe.open(modem.url);
  await attached;
  const detached = once(modem, 'detached');
  te.close();
  await detached;
});

test.runIf(hasPty)('a pseudo-terminal is a link that goes with the module', async () => {
  const path = await ptyPath();
  const modem = await SimulatedModem.start({ listen: `pty:${path}` });
  expect(modem.url).toBe(path);
  expect(existsSync(path)).toBe(true);
  await modem.close();
  expect(existsSync(path)).toBe(false);
});

test('a pseudo-terminal without socat says what to install', async () => {
  vi.stubEnv('PATH', '/nonexistent');
  try {
    await expect(SimulatedModem.start({ listen: 'pty:/tmp/tty-nowhere' })).rejects.toMatchObject({
      code: 'UNSUPPORTED',
      message: expect.stringContaining('install it (apt install socat)'),
    });
  } finally {
    vi.unstubAllEnvs();
  }
});

test.runIf(hasPty)('a pseudo-terminal that cannot be made says why', async () => {
  await expect(SimulatedModem.start({ listen: 'pty:/nonexistent/tty' })).rejects.toMatchObject({
    code: 'PORT_FAILED',
    message: expect.stringContaining('/nonexistent/tty'),
  });
});

test('a TCP port that is taken is PORT_FAILED', async () => {
  const { modem } = await fixture().module({ listen: 'tcp://127.0.0.1:0' });
  await expect(SimulatedModem.start({ listen: modem.url })).rejects.toMatchObject({ code: 'PORT_FAILED' });
});

test.each([
  [{ listen: 'udp://x:1' }, 'listen is "udp://x:1", but'],
  [{ listen: 'tcp://127.0.0.1' }, 'listen is NaN, but'],
  [{ listen: 'pty:relative' }, 'listen is "pty:relative", but'],
  [{ broker: 'localhost' }, 'broker is "localhost", but'],
  [{ broker: 'http://localhost' }, 'broker is "http://localhost", but'],
  [{ profile: 'nt99' as 'nt26' }, 'profile is "nt99", but'],
  [{ seed: -1 }, 'seed is -1, but'],
  [{ baudRate: 1 }, 'baudRate is 1, but'],
  [{ latency: { roundTrip: -1 } }, 'latency.roundTrip is -1, but'],
])('%o is refused', async (options, message) => {
  await expect(SimulatedModem.start(options)).rejects.toThrow(message);
});
