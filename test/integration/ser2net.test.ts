import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect } from '../../src/client/connect.js';
import { openModem } from '../../src/dialects/open-modem.js';
import { openTransport } from '../../src/transport/open.js';
import { lineControl } from '../../src/transport/transport.js';
import { hasPty, openPty, type Pty } from '../helpers/pty.js';
import { nextFrom, Rig } from '../helpers/rig.js';
import { hasSer2net, type Ser2net, startSer2net } from '../helpers/ser2net.js';
import { ALL_BYTES, endings, LARGE, readFrom, writeTo } from '../helpers/streams.js';

const RFC2217 = 'telnet(rfc2217),tcp';
const TELNET = 'telnet,tcp';

describe.skipIf(!hasSer2net || !hasPty)('through ser2net', () => {
  const closers: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });

  async function serve(...connections: Parameters<typeof startSer2net>[0]): Promise<Ser2net> {
    const server = await startSer2net(connections);
    closers.push(() => server.stop());
    return server;
  }

  async function open(url: string) {
    const port = await openTransport(url);
    closers.push(async () => {
      if (port.closed) return;
      port.destroy();
      await once(port, 'close');
    });
    return port;
  }

  describe('a session of a module', () => {
    let rig: Rig;
    let device: string;
    beforeEach(async () => {
      const folder = await mkdtemp(join(tmpdir(), 'atmqtt-ser2net-'));
      device = join(folder, 'ttyMODULE');
      rig = await Rig.start({ module: { listen: `pty:${device}` } });
      closers.push(async () => {
        await rig.stop();
        await rm(folder, { recursive: true, force: true });
      });
    });

    it.each([
      ['telnet', TELNET, ''],
      ['telnet', RFC2217, ''],
      ['rfc2217', RFC2217, '?baudRate=115200&dataBits=8&parity=none&stopBits=1&rtscts=false'],
    ] as const)('passes every byte both ways over %s:// (%s)', async (scheme, accepter, query) => {
      const { addresses } = await serve({ accepter, device });
      const other = await rig.other('up');
      const client = await connect(`${scheme}://${addresses[0]}${query}`, {
        broker: 'mqtt://broker.example',
        registrationTimeout: 0,
      });
      closers.push(() => client.end({ force: true }));
      await client.subscribe('down', { qos: 1 });
      for (const payload of [Buffer.from([1, 255, 2, 3]), Buffer.alloc(300, 255), ALL_BYTES]) {
        const up = nextFrom(other);
        await client.publish('up', payload, { qos: 1 });
        expect((await up).payload.equals(payload)).toBe(true);
        const down = once(client, 'message');
        await other.publishAsync('down', payload, { qos: 1 });
        expect(((await down)[1] as Buffer).equals(payload)).toBe(true);
      }
    });

    it('is refused on tcp://, before a byte is damaged, with the right URLs', async () => {
      const { addresses } = await serve({ accepter: RFC2217, device }, { accepter: TELNET, device });
      const [rfc2217, telnet] = addresses;
      await expect(openModem(`tcp://${rfc2217}`)).rejects.toMatchObject({
        name: 'SerialServerError',
        code: 'PORT_FAILED',
        message: expect.stringContaining(`use rfc2217://${rfc2217} or telnet://${rfc2217}`),
      });
      await expect(openModem(`tcp://${telnet}`)).rejects.toMatchObject({
        message: expect.stringMatching(new RegExp(`use telnet://${telnet}$`)),
      });
    });

    it.each([
      ['tcp', 'tcp'],
      ['telnet', TELNET],
      ['rfc2217', RFC2217],
    ] as const)('quotes what a second client on %s:// hears', async (scheme, accepter) => {
      const { addresses } = await serve({ accepter, device });
      const url = `${scheme}://${addresses[0]}`;
      const modem = await openModem(url);
      closers.push(() => modem.close());
      await expect(openModem(url)).rejects.toMatchObject({
        name: 'SerialServerError',
        message: `${url}: closed by the other side, which said "Port already in use"`,
      });
    });
  });

  it.each([
    ['tcp', 'tcp'],
    ['telnet', TELNET],
    ['rfc2217', RFC2217],
  ] as const)('quotes that its device is missing, on %s://', async (scheme, accepter) => {
    const { addresses } = await serve({ accepter, device: '/dev/ttyNOWHERE' });
    await expect(openModem(`${scheme}://${addresses[0]}`)).rejects.toMatchObject({
      name: 'SerialServerError',
      said: expect.stringMatching(/^Device open failure/),
    });
  });

  describe('to a pseudo-terminal', () => {
    let pty: Pty;
    beforeEach(async () => {
      pty = await openPty();
      closers.push(() => pty.close());
    });

    it.each([
      ['telnet', TELNET],
      ['rfc2217', RFC2217],
    ] as const)('carries 100 kB each way over %s://', async (scheme, accepter) => {
      const { addresses } = await serve({ accepter, device: pty.path });
      const port = await open(`${scheme}://${addresses[0]}`);
      const up = readFrom(pty.stream, LARGE.length);
      await writeTo(port, LARGE);
      expect(LARGE.equals(await up)).toBe(true);
      const down = readFrom(port, LARGE.length);
      pty.stream.write(LARGE);
      expect(LARGE.equals(await down)).toBe(true);
    });

    it('changes the rate, for as long as it is open', async () => {
      const { addresses } = await serve({ accepter: RFC2217, device: pty.path });
      const rate = async (query: string) => {
        const port = await openTransport(`rfc2217://${addresses[0]}${query}`);
        const told = lineControl(port)?.baudRate;
        port.destroy();
        await once(port, 'close');
        return told;
      };
      expect(await rate('?baudRate=9600')).toBe(9_600);
      expect(await rate('')).toBe(115_200);
    });

    it('says that a line cannot be switched where the device has none, and goes on', async () => {
      const { addresses } = await serve({ accepter: RFC2217, device: pty.path });
      const port = await open(`rfc2217://${addresses[0]}`);
      const lines = lineControl(port);
      await expect(lines?.setLines({ dtr: false })).rejects.toMatchObject({ code: 'UNSUPPORTED' });
      await lines?.sendBreak(10);
      expect(await lines?.readLines()).toEqual({ cts: false, dsr: false, ri: false, dcd: false });
      await writeTo(port, 'AT\r');
      expect(String(await readFrom(pty.stream, 3))).toBe('AT\r');
    });

    it('names telnet:// where RFC 2217 is not allowed, and tcp:// where no telnet is spoken', async () => {
      const second = await openPty();
      closers.push(() => second.close());
      const { addresses } = await serve(
        { accepter: TELNET, device: pty.path },
        { accepter: 'tcp', device: second.path },
      );
      await expect(openTransport(`rfc2217://${addresses[0]}`)).rejects.toMatchObject({
        code: 'PORT_FAILED',
        message: expect.stringContaining(`telnet://${addresses[0]}`),
      });
      await expect(openTransport(`rfc2217://${addresses[1]}`, { timeout: 500 })).rejects.toMatchObject({
        code: 'PORT_FAILED',
        message: expect.stringContaining(`tcp://${addresses[1]}`),
      });
    });

    it('delivers a banner, and takes no answer of the module for the reason of a loss', async () => {
      const { addresses } = await serve({
        accepter: 'tcp',
        device: pty.path,
        options: ['banner: "Rack 7\\r\\n"'],
      });
      const port = await open(`tcp://${addresses[0]}`);
      const { closed } = endings(port);
      expect(String(await readFrom(port, 8))).toBe('Rack 7\r\n');
      pty.stream.write('\r\n+CREG: 1\r\n\r\nOK\r\n');
      expect(String(await readFrom(port, 18))).toContain('OK');
      await pty.close();
      const [error] = await closed;
      expect(error).toMatchObject({ code: 'PORT_CLOSED' });
      expect(error).not.toHaveProperty('said');
    });
  });
});
